import { playMonth } from "./play-month.ts";

console.log(playMonth("edr"));
