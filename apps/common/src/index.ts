export { BanyanError, type BanyanErrorOptions, type ErrorWords } from "./errors.ts";
