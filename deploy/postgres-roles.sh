#!/bin/sh
# Run once by the postgres image, in an empty cluster: makes the two roles and the
# database. Names and passwords are read from the URLs that the portal itself gets.
set -eu

part() { # part FILE user|password
  url=$(cat "$1")
  login=${url#*://}
  login=${login%%@*}
  case $2 in user) printf %s "${login%%:*}" ;; *) printf %s "${login#*:}" ;; esac
}

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner="$(part /run/secrets/database_owner_url user)" \
  -v owner_password="$(part /run/secrets/database_owner_url password)" \
  -v app="$(part /run/secrets/database_url user)" \
  -v app_password="$(part /run/secrets/database_url password)" <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password' NOSUPERUSER NOCREATEROLE;
CREATE ROLE :"app" LOGIN PASSWORD :'app_password' NOSUPERUSER NOCREATEROLE NOCREATEDB;
CREATE DATABASE kkr OWNER :"owner" ENCODING 'UTF8' TEMPLATE template0
  LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE kkr FROM PUBLIC;
GRANT CONNECT ON DATABASE kkr TO :"app";
SQL
