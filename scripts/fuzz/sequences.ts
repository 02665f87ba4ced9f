import { fromHex, toHex } from "../../chain/src/codec/hex.ts";
import { contractAddress } from "../../chain/src/crypto/contract-address.ts";
import { keccak256 } from "../../chain/src/crypto/keccak.ts";
import { isAtLeast } from "../../chain/src/rules/fork.ts";
import type { AccessListEntry, Address, Word } from "../../chain/src/types.ts";
import { createAssembler } from "./assembler.ts";
import { randomInitCode, randomProgram } from "./program.ts";
import type { ProgramOptions } from "./program-writer.ts";
import type { Random } from "./random.ts";
import {
  type Action,
  COMPARED_FORKS,
  executionWith,
  type GenesisAccount,
  numberedAddress,
  type Scenario,
  scenarioBlock,
} from "./scenario.ts";

const SENDERS = [1, 2, 3].map((n) => numberedAddress("5e4de4", n));
const CONTRACTS = [1, 2].map((n) => numberedAddress("c0de", n));
const FACTORY = numberedAddress("fac7", 1);
const DEPLOYMENTS_PER_SENDER = 4;

/** Runtime code of an account that destroys itself for its caller if it is sent something, else counts its calls. */
const MORTAL = createAssembler()
  .op("CALLVALUE", "ISZERO")
  .push(7)
  .op("JUMPI", "CALLER", "SELFDESTRUCT", "JUMPDEST")
  .push(0)
  .op("SLOAD")
  .push(1)
  .op("ADD")
  .push(0)
  .op("SSTORE", "STOP")
  .finish();
const MORTAL_INIT = initReturning(MORTAL);

/** Makes mortal contracts by CREATE2, the salt being the first word of its call data, and passes value on to them. */
const FACTORY_CODE = factory();

/** Transactions in a row over one chain: deployments, calls, proxies, reverts, creations that collide, self-destructions, snapshots. */
export function sequenceScenario(random: Random, name: string): Scenario {
  const fork = random.pick(COMPARED_FORKS);
  const mortals = [0n, 1n].map((salt) => create2Address(FACTORY, salt, MORTAL_INIT));
  const futures = SENDERS.flatMap((sender) =>
    Array.from({ length: DEPLOYMENTS_PER_SENDER }, (_, nonce) => contractAddress(sender, BigInt(nonce))),
  );
  const known = [...CONTRACTS, FACTORY, ...mortals, ...futures];
  const options: ProgramOptions = {
    random,
    targets: [...known, ...SENDERS].map(BigInt),
    shanghai: isAtLeast(fork, "shanghai"),
    cancun: isAtLeast(fork, "cancun"),
    size: random.between(2, 8),
    nesting: 2,
  };
  const storage = (): GenesisAccount["storage"] => [0n, 1n, 2n].map((slot) => [slot, BigInt(random.below(4))] as const);
  const actions: Action[] = [];
  for (let i = random.between(5, 14); i > 0; i--) {
    if (random.chance(15)) actions.push({ kind: random.pick(["seal", "snapshot", "restore"] as const) });
    actions.push(transaction(options, known));
  }
  return {
    name,
    fork,
    block: scenarioBlock(),
    accounts: [
      ...SENDERS.map((address) => account(address, 10n ** 21n)),
      ...CONTRACTS.map((address) => ({
        ...account(address, 5n),
        nonce: 1n,
        code: randomProgram(options),
        storage: storage(),
      })),
      { ...account(FACTORY, 100n), nonce: 1n, code: FACTORY_CODE },
      // Where a deployment goes, something may lie already: code, a nonce, a balance, or storage alone (EIP-7610).
      ...(random.chance(30) ? [occupant(random, random.pick(futures.slice(0, 2)))] : []),
    ],
    actions,
    checks: [],
  };
}

function occupant(random: Random, address: Address): GenesisAccount {
  return random.pick([
    { ...account(address, 7n) },
    { ...account(address, 0n), nonce: 1n },
    { ...account(address, 1n), code: Uint8Array.of(0x00) },
  ]);
}

function account(address: Address, balance: bigint): GenesisAccount {
  return { address, balance, nonce: 0n, code: new Uint8Array(0), storage: [] };
}

function transaction(options: ProgramOptions, known: readonly Address[]): Action {
  const { random, targets } = options;
  const from = random.pick(SENDERS);
  const data = (): Uint8Array => {
    const words = Array.from({ length: 6 }, () =>
      fromHex(wordOf(random.chance(50) ? random.pick(targets) : BigInt(random.below(3)))),
    );
    return new Uint8Array(Buffer.concat(words));
  };
  const [to, input] = random.weighted<() => readonly [Address | undefined, Uint8Array]>([
    [4, () => [undefined, randomInitCode(options)]],
    [2, () => [undefined, proxyInit(random.pick(known))]],
    [1, () => [undefined, MORTAL_INIT]],
    [8, () => [random.pick(known), data()]],
    [4, () => [FACTORY, fromHex(wordOf(BigInt(random.below(2))))]],
    [1, () => [random.pick(SENDERS), new Uint8Array(0)]],
    [1, () => [numberedAddress("", random.between(1, 11)), random.bytes(random.below(130))]],
  ])();
  const accessList: AccessListEntry[] = random.chance(30)
    ? Array.from({ length: random.between(1, 3) }, () => ({
        address: random.pick(known),
        storageKeys: Array.from({ length: random.below(3) }, (_, slot) => wordOf(BigInt(slot))),
      }))
    : [];
  const charges = random.chance(70);
  return {
    kind: "transaction",
    execution: executionWith({
      from,
      to,
      data: input,
      accessList,
      gasLimit: BigInt(
        random.pick([60_000, 120_000, 400_000, 400_000, 1_000_000]) + random.below(30_000) + 20 * input.length,
      ),
      value: BigInt(random.pick([0, 0, 0, 1, 2, 1_000])),
      chargesFees: charges,
      maxFeePerGas: charges ? BigInt(random.between(7, 40)) : 0n,
      maxPriorityFeePerGas: charges ? BigInt(random.below(7)) : 0n,
    }),
  };
}

/** Init code of a minimal proxy (EIP-1167). */
function proxyInit(target: Address): Uint8Array {
  return fromHex(`0x3d602d80600a3d3981f3363d3d373d3d3d363d73${target.slice(2)}5af43d82803e903d91602b57fd5bf3`);
}

/** Init code that returns the given code as it is. */
function initReturning(code: Uint8Array): Uint8Array {
  // PUSH1 size, DUP1, PUSH1 11, PUSH1 0, CODECOPY, PUSH1 0, RETURN
  return Uint8Array.from([0x60, code.length, 0x80, 0x60, 11, 0x60, 0, 0x39, 0x60, 0, 0xf3, ...code]);
}

function factory(): Uint8Array {
  const code = createAssembler();
  const tail = code.label();
  code.push(MORTAL_INIT.length).op("DUP1").pushLabel(tail).push(0).op("CODECOPY");
  // CREATE2(value 0, offset 0, size, salt)
  code.push(0).op("CALLDATALOAD", "SWAP1").push(0).push(0).op("CREATE2");
  code.op("DUP1").push(0).op("SSTORE");
  // What was made is called at once, with the value that came: in the transaction that made it.
  code.push(0).push(0).push(0).push(0).op("CALLVALUE", "DUP6", "GAS", "CALL").push(1).op("SSTORE", "STOP");
  return code.place(tail).bytes(MORTAL_INIT).finish();
}

/** Address of a contract made by CREATE2 (EIP-1014). */
function create2Address(creator: Address, salt: bigint, init: Uint8Array): Address {
  const parts = [Uint8Array.of(0xff), fromHex(creator), fromHex(wordOf(salt)), keccak256(init)];
  return toHex(keccak256(new Uint8Array(Buffer.concat(parts))).subarray(12));
}

function wordOf(value: bigint): Word {
  return `0x${value.toString(16).padStart(64, "0")}`;
}
