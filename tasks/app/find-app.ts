import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BanyanError } from "@banyan/app-common";
import type { App } from "@banyan/app-common/app";

/** The names of the use cases: folders of `apps/` that hold an `app.ts`. */
export function listApps(root: string): string[] {
  const apps = join(root, "apps");
  return readdirSync(apps)
    .filter((name) => existsSync(join(apps, name, "app.ts")))
    .sort();
}

/**
 * Loads a use case.
 *
 * @param root - the repository's root folder
 * @param name - a folder of `apps/`
 * @throws BanyanError `APP_UNKNOWN`
 */
export async function findApp(root: string, name: string): Promise<App> {
  const names = listApps(root);
  if (!names.includes(name)) {
    throw new BanyanError(
      "APP_UNKNOWN",
      { en: `there is no app "${name}"`, zh: `没有名为 "${name}" 的应用` },
      { cure: { en: `Choose one of: ${names.join(", ")}.`, zh: `请选择：${names.join("、")}。` } },
    );
  }
  const module: { readonly app: App } = await import(pathToFileURL(join(root, "apps", name, "app.ts")).href);
  return module.app;
}
