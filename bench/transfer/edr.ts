import { measureThroughHardhat } from "./through-hardhat.ts";

console.log(await measureThroughHardhat("edr"));
