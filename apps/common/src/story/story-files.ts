import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { BanyanError } from "../errors.ts";

/** Digests of files, by their path from the story's folder. */
export type FileDigests = Readonly<Record<string, string>>;

/** The files that the lines of a story name. */
export interface StoryFiles {
  /**
   * A file's text, by its path from the story's folder. Nothing outside that folder is read.
   *
   * @throws BanyanError `INPUT_MISSING`
   */
  read(path: string): string;
  /** The digests of what was read since the last call: what an applied line rests on beside its own text. */
  taken(): FileDigests;
  /** A file's digest as it is now; undefined where it is gone. */
  digestOf(path: string): string | undefined;
}

/**
 * Opens the folder of a story.
 *
 * @param folder - where the story's file lies
 */
export function openStoryFiles(folder: string): StoryFiles {
  let digests: Record<string, string> = {};
  const find = (path: string): string | undefined => {
    const full = resolve(join(folder, path));
    if (!full.startsWith(`${resolve(folder)}${sep}`)) return undefined;
    try {
      return readFileSync(full, "utf8");
    } catch {
      return undefined;
    }
  };
  return {
    read(path) {
      const text = find(path);
      if (text === undefined) throw missing(path);
      digests[path] = digest(text);
      return text;
    },
    taken() {
      const all = digests;
      digests = {};
      return all;
    },
    digestOf(path) {
      const text = find(path);
      return text === undefined ? undefined : digest(text);
    },
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function missing(path: string): BanyanError {
  return new BanyanError(
    "INPUT_MISSING",
    { en: `there is no file ${path} beside the story`, zh: `业务文件旁没有文件 ${path}` },
    {
      cure: {
        en: "Put the file into the story's folder or a folder below it, and write its path from there.",
        zh: "请将文件放入业务文件所在文件夹或其子文件夹，并写明相对路径。",
      },
    },
  );
}
