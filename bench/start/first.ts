import { createChain } from "@banyan/chain";

const started = performance.now();
const chain = await createChain();
console.log(performance.now() - started);
chain.close();
