// npm run pack:chain: the chain as a package that other projects install. Node runs no TypeScript inside node_modules, so it is JavaScript.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments } from "./lib/read-arguments.ts";

const HELP = `Makes a package of the chain that other projects install: its JavaScript, its types and the compiled engine.

  npm run pack:chain                     writes banyan-chain-VERSION.tgz into this folder
  npm run pack:chain -- --out ../shelf   into another one

Then, in a Hardhat 3 project: npm install --save-dev PATH/banyan-chain-VERSION.tgz (docs/other-projects.md).`;

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const CHAIN = join(ROOT, "chain");
/** Releases of Hardhat that the plugin works with, and of Node that Hardhat 3 works with. */
const HARDHAT_RANGE = "^3.9.0";
const NODE_RANGE = ">=22.13.0";

const values = readArguments({
  script: "pack:chain",
  help: HELP,
  options: { out: { type: "string", default: "." } },
});
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "banyan-pack-"));
try {
  process.stderr.write("Compiling the chain\n");
  compile(join(folder, "dist"));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  cpSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  writeFileSync(join(folder, "README.md"), readFileSync(join(ROOT, "docs/other-projects.md")));
  const [packed = ""] = execFileSync("npm", ["pack", "--silent", "--pack-destination", out], {
    cwd: folder,
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .slice(-1);
  console.log(join(out, packed));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function compile(target: string): void {
  const config = join(folder, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, "tsconfig.base.json"),
      compilerOptions: {
        noEmit: false,
        incremental: false,
        tsBuildInfoFile: null,
        declaration: true,
        allowImportingTsExtensions: false,
        rewriteRelativeImportExtensions: true,
        rootDir: join(CHAIN, "src"),
        outDir: target,
        types: ["node"],
        typeRoots: [join(ROOT, "node_modules/@types")],
      },
      include: [join(CHAIN, "src/**/*.ts")],
      exclude: [join(CHAIN, "src/engine/machine/assembly")],
    }),
  );
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "--project", config], { cwd: ROOT, stdio: ["ignore", 2, 2] });
  for (const entry of readdirSync(join(CHAIN, "src"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".wasm")) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(target, relative(join(CHAIN, "src"), from));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to);
  }
}

/** The manifest of the workspace, for those who install it: its modules compiled, its peers as ranges. */
function manifest(): object {
  const {
    private: _private,
    devDependencies: _dev,
    exports,
    ...rest
  } = JSON.parse(readFileSync(join(CHAIN, "package.json"), "utf8")) as { exports: Record<string, string> } & Record<
    string,
    unknown
  >;
  const doors = Object.entries(exports).map(([name, source]) => {
    const compiled = source.replace("./src/", "./dist/").replace(/\.ts$/, "");
    return [name, { types: `${compiled}.d.ts`, default: `${compiled}.js` }];
  });
  return {
    ...rest,
    exports: { ...Object.fromEntries(doors), "./package.json": "./package.json" },
    files: ["dist"],
    engines: { node: NODE_RANGE },
    peerDependencies: { hardhat: HARDHAT_RANGE },
    // The chain alone, without the plugin, needs no Hardhat.
    peerDependenciesMeta: { hardhat: { optional: true } },
  };
}
