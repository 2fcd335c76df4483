from __future__ import annotations

from allauth.account import views as sign_in
from django.urls import include, path, re_path

from accounts.views import seats, users

# Only what is used of allauth; its names are the library's own.
sign_in_routes = [
    path("log-ind/", sign_in.login, name="account_login"),
    path("log-ud/", sign_in.logout, name="account_logout"),
    path("log-ind/lukket/", sign_in.account_inactive, name="account_inactive"),
    path("adgangskode/", sign_in.password_reset, name="account_reset_password"),
    path(
        "adgangskode/sendt/",
        sign_in.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^adgangskode/ny/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "adgangskode/skiftet/",
        sign_in.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

routes = [
    path("plads/", seats.seat_choice, name="seat"),
    path("brugere/", users.user_list, name="users"),
    path("brugere/ny/", users.user_new, name="user-new"),
    path("brugere/<int:pk>/", users.user_edit, name="user"),
    path("brugere/<int:pk>/adgang/", users.user_access, name="user-access"),
    path("brugere/<int:pk>/fjernelse/", users.user_removal, name="user-removal"),
]

urlpatterns = [*sign_in_routes, path("", include((routes, "accounts")))]
