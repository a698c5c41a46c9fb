// Builds src/luukku/core/ui/static/luukku/built: one style sheet, one script, htmx, and the typeface's files.
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { compile } from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const built = join(root, "src/luukku/core/ui/static/luukku/built");
const out = `${built}.${process.pid}`; // takes the place of `built` when it is whole, so that nobody meets half of it
const fontsource = join(root, "node_modules/@fontsource-variable/source-sans-3");
const SUBSETS = ["latin", "latin-ext", "cyrillic"]; // the interface's languages, and those in which advisers serve

mkdirSync(join(out, "fonts"), { recursive: true });

function fontFaces() {
  const faces = readFileSync(join(fontsource, "wght.css"), "utf8").split(/(?=\/\* source-sans-3-)/);
  return SUBSETS.map((subset) => {
    const name = `source-sans-3-${subset}-wght-normal`;
    copyFileSync(join(fontsource, "files", `${name}.woff2`), join(out, "fonts", `${name}.woff2`));
    return faces.find((face) => face.startsWith(`/* ${name} */`)).replaceAll("./files/", "./fonts/");
  }).join("\n");
}

function theme() {
  const folder = join(root, "styles/theme");
  return readdirSync(folder).sort().map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
}

const options = { loadPaths: [root], quietDeps: true, silenceDeprecations: ["import", "global-builtin", "if-function"] };
const govuk = compile(join(root, "styles/govuk.scss"), options).css;
const css = transformSync(`${fontFaces()}\n${govuk}\n${theme()}`, { loader: "css", minify: true, legalComments: "none" }).code;
writeFileSync(join(out, "luukku.css"), css);

for (const file of readdirSync(join(root, "styles/scripts"))) {
  const script = readFileSync(join(root, "styles/scripts", file), "utf8");
  writeFileSync(join(out, file), transformSync(script, { minify: true, target: "es2020" }).code);
}
copyFileSync(join(root, "node_modules/htmx.org/dist/htmx.min.js"), join(out, "htmx.js"));
cpSync(join(root, "styles/images"), join(out, "images"), { recursive: true });

if (/GDS Transport|crown/i.test(css)) {
  rmSync(out, { recursive: true });
  throw new Error("the style sheet names what may not be shipped");
}
for (const file of ["luukku.css", "luukku.js", "htmx.js"]) {
  console.log(`${file} ${Math.round(statSync(join(out, file)).size / 1024)} kB`);
}

rmSync(`${built}.old`, { recursive: true, force: true });
try {
  renameSync(built, `${built}.old`);
} catch (error) {
  if (error.code !== "ENOENT") throw error;
}
renameSync(out, built);
rmSync(`${built}.old`, { recursive: true, force: true });
