import { createChain } from "@banyan/chain";
import { measure } from "../lib/measure.ts";

console.log(await measure(async () => (await createChain()).close(), { warmUp: 3, steps: 20 }));
