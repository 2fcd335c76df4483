// Builds static/build/: the DKFDS theme, the portal's own stylesheet, the
// rich-text editor, the icon sprite and the fonts. Run by `npm run build`; it needs
// the Python of the project (PYTHON, else .venv) to find the editor's package.
import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const built = path.join(root, "static", "build");
const out = path.join(root, "static", `.build-${process.pid}`);
const modules = path.join(root, "node_modules");
const dkfds = path.join(modules, "dkfds", "dist");
const FACES = ["Regular", "Italic", "Medium", "SemiBold", "SemiBoldItalic", "Bold"];

/** Compiles the theme and copies each picture that its rules name. */
async function theme() {
  const { css } = sass.compile(path.join(root, "frontend", "theme.scss"), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["if-function", "import", "global-builtin"],
  });
  await writeFile(path.join(out, "dkfds.css"), css);
  await mkdir(path.join(out, "img"), { recursive: true });
  const named = new Set([...css.matchAll(/url\(["']?img\/([^"')]+)/g)].map((hit) => hit[1]));
  for (const name of named) {
    await cp(path.join(dkfds, "img", "svg-icons", name), path.join(out, "img", name));
  }
}

/** Copies the faces of IBM Plex Sans that the stylesheet declares. */
async function fonts() {
  const source = path.join(dkfds, "fonts", "IBMPlexSans", "complete", "woff2");
  for (const face of FACES) {
    const file = `IBMPlexSans-${face}.woff2`;
    await cp(path.join(source, file), path.join(out, "fonts", file));
  }
  await cp(path.join(source, "license.txt"), path.join(out, "fonts", "license.txt"));
}

/** Joins frontend/icons/*.svg into one sprite; an icon's id is its file name. */
async function icons() {
  const folder = path.join(root, "frontend", "icons");
  const symbols = [];
  for (const file of (await readdir(folder)).sort()) {
    const svg = await readFile(path.join(folder, file), "utf8");
    const [, viewBox, body] = svg.match(/viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
    const id = path.basename(file, ".svg");
    symbols.push(`<symbol id="${id}" viewBox="${viewBox}">${body.trim()}</symbol>`);
  }
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(path.join(out, "icons.svg"), sprite);
}

/** Bundles the hand-written stylesheets into one file. */
async function styles() {
  await esbuild.build({
    entryPoints: [path.join(root, "frontend", "portal.css")],
    outfile: path.join(out, "portal.css"),
    bundle: true,
    minify: true,
    external: ["../build/*"],
    target: ["chrome109", "firefox115", "safari16"],
    logLevel: "warning",
  });
}

/** Finds the static files of the installed django-prose-editor. */
function proseEditor() {
  const local = path.join(root, ".venv", "bin", "python");
  const python = process.env.PYTHON ?? (existsSync(local) ? local : "python3");
  const code =
    "import importlib.util as u; print(u.find_spec('django_prose_editor').origin)";
  const origin = execFileSync(python, ["-c", code], { encoding: "utf8" }).trim();
  return path.join(path.dirname(origin), "static", "django_prose_editor");
}

/** Bundles the editor: one script, one stylesheet, nothing inline. */
async function editor() {
  await esbuild.build({
    entryPoints: { editor: path.join(root, "frontend", "editor.js") },
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    alias: { "django-prose-editor": proseEditor() },
    target: ["chrome109", "firefox115", "safari16"],
    legalComments: "linked",
    logLevel: "warning",
  });
}

// Built beside its place and moved there at the end: a failed build leaves the old one.
try {
  await mkdir(path.join(out, "fonts"), { recursive: true });
  await Promise.all([theme(), fonts(), icons(), styles(), editor()]);
  await rm(built, { recursive: true, force: true });
  await rename(out, built);
} finally {
  await rm(out, { recursive: true, force: true });
}
