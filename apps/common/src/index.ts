export { BanyanError, type BanyanErrorOptions } from "./errors.ts";
