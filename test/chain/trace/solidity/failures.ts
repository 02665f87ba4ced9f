import { concatHex, encodeDeployData, encodeFunctionData, type Hex } from "viem";
import type { BothNetworks, Request } from "./both-networks.ts";
import { SENDER } from "./both-networks.ts";
import type { Build } from "./compile.ts";

/** A request that fails, with a title. */
export interface FailingRequest {
  readonly title: string;
  readonly request: Request;
}

interface Deployed {
  readonly name: string;
  readonly address: Hex;
}

const GAS = "0x2dc6c0";

/** Deploys the fixture `Failures.sol` and lists what fails in it. */
export async function failuresOf(
  build: Build,
  { deploy }: Pick<BothNetworks, "deploy">,
): Promise<readonly FailingRequest[]> {
  const library = await deploy(build.bytecode("Maths"));
  const creation = (name: string, args: readonly unknown[] = []): Hex =>
    encodeDeployData({ abi: build.abi(name), bytecode: build.bytecode(name, library), args });
  const make = async (name: string, args: readonly unknown[] = []): Promise<Deployed> => ({
    name,
    address: await deploy(creation(name, args)),
  });
  const failures = await make("Failures");
  const silent = await make("Silent");
  const payee = await make("Payee");
  const withFallback = await make("WithFallback");
  const bare = await make("Bare");
  const proxy = await make("Proxy", [failures.address]);
  const forwarder = await make("Forwarder", [failures.address]);
  const unknown = await deploy("0x6006600c60003960066000f3600080fd00");
  const unknownReason = await deploy(concatHex(["0x600580600b6000396000f3", "0x60006000fd"]));

  const list: FailingRequest[] = [];
  const add = (title: string, transaction: object): void => {
    list.push({
      title,
      request: { method: "eth_sendTransaction", params: [{ from: SENDER, gas: GAS, ...transaction }] },
    });
  };
  const call = (on: Deployed, functionName: string, args: readonly unknown[] = [], more: object = {}): void => {
    const data = encodeFunctionData({ abi: build.abi(on.name), functionName, args });
    add(`${on.name}.${functionName}(${args.map(String).join(",")})${JSON.stringify(more)}`, {
      to: on.address,
      data,
      ...more,
    });
  };

  for (const name of ["requireReason", "requireSilent", "requireCustom", "failAssert", "toEnum", "outOfBounds"])
    call(failures, name, [5n]);
  for (const name of ["revertSilent", "revertReason", "revertPlain", "revertOutside", "revertStruct", "popEmpty"])
    call(failures, name);
  call(failures, "overflow", [8n]);
  call(failures, "divide", [0n]);
  for (const name of ["outOfMemory", "zeroFunction", "brokenBytes", "burn", "invalidInAssembly"]) call(failures, name);
  for (const size of [0n, 4n, 32n]) call(failures, "revertInAssembly", [size]);
  for (const name of [
    "callNothing",
    "readNothing",
    "shortAnswer",
    "takeTooMuch",
    "callMissing",
    "swallow",
    "lowLevel",
    "bubble",
  ])
    call(failures, name);
  call(failures, "readSilent", [silent.address]);
  call(failures, "readSilent", [SENDER]);
  call(failures, "takeThrough", [5000n]);
  for (const name of [
    "sendTooMuch",
    "sendValueTooMuch",
    "callWithTooMuch",
    "createTooLarge",
    "ownerOnly",
    "create2Twice",
  ])
    call(failures, name);
  call(failures, "create", [5000n]);
  for (const value of [13n, 14n]) call(failures, "inModifier", [value]);
  for (const value of [1n, 3n]) call(failures, "nested", [value]);
  call(failures, "recurse", [3n]);
  call(failures, "useFree", [99n]);
  call(failures, "useLibrary", [1n]);
  call(failures, "useLinked", [1n]);
  call(failures, "callPrecompile");
  call(failures, "lowGas");
  call(failures, "decode", ["0x01"]);
  call(failures, "viaHook", [1n]);
  call(failures, "inherited", [1n]);
  call(failures, "ownerOnly", [], { value: "0x1" });
  call(failures, "number", [], { value: "0x1" });
  const addressData = encodeFunctionData({ abi: build.abi("Failures"), functionName: "takesAddress", args: [SENDER] });
  add("arguments missing", { to: failures.address, data: addressData.slice(0, 10) });
  add("arguments cut off", { to: failures.address, data: addressData.slice(0, 40) });
  add("an address too wide", {
    to: failures.address,
    data: addressData.replace("0x", "0x").replace(/000000/, "010000"),
  });
  const muchData = encodeFunctionData({
    abi: build.abi("Failures"),
    functionName: "takesMuch",
    args: [1n, "text", [1n, 2n]],
  });
  for (const length of [10, 74, 138, 202, 266, 330])
    add(`arguments of ${length} digits`, { to: failures.address, data: muchData.slice(0, length) });
  add("a list too long", { to: failures.address, data: `${muchData.slice(0, -192)}${"f".repeat(64)}` });
  add("unknown selector", { to: failures.address, data: "0x12345678" });
  add("unknown selector with value", { to: failures.address, data: "0x12345678", value: "0x1" });
  add("short selector", { to: failures.address, data: "0x1234" });
  add("no data, no receive", { to: failures.address });
  add("value, no receive", { to: failures.address, value: "0x1" });
  add("receive fails", { to: payee.address, value: "0x64" });
  add("no fallback but receive", { to: payee.address, data: "0x12345678" });
  add("fallback fails", { to: withFallback.address, data: "0x12345678" });
  add("fallback with value", { to: withFallback.address, data: "0x12345678", value: "0x1" });
  add("fallback with value and no data", { to: withFallback.address, value: "0x1" });
  add("Bare unknown selector", { to: bare.address, data: "0x12345678" });
  add("library called", {
    to: library,
    data: encodeFunctionData({ abi: build.abi("Maths"), functionName: "linkedHalf", args: [3n] }),
  });
  add("library called with an unknown selector", { to: library, data: "0x12345678" });
  add("unknown contract", { to: unknown, data: "0x" });
  add("unknown contract, other", { to: unknownReason, data: "0x" });
  add("proxy", {
    to: proxy.address,
    data: encodeFunctionData({ abi: build.abi("Failures"), functionName: "requireReason", args: [1n] }),
  });
  add("proxy silent", {
    to: proxy.address,
    data: encodeFunctionData({ abi: build.abi("Failures"), functionName: "requireSilent", args: [1n] }),
  });
  add("proxy unknown", { to: proxy.address, data: "0x12345678" });
  call(forwarder, "forward", [5000n]);
  call(forwarder, "forwardPlain");
  call(failures, "requireReason", [5n], { gas: "0x5500" });
  call(failures, "nested", [1n], { gas: "0x5400" });
  for (const value of [50n, 5n, 0n]) add(`constructor fails ${value}`, { data: creation("ConstructorFails", [value]) });
  add("constructor without arguments", { data: build.bytecode("ConstructorFails") });
  add("constructor with value", { data: creation("ConstructorFails", [1n]), value: "0x1" });
  add("implicit constructor with value", { data: creation("Bare"), value: "0x1" });
  add("creation too large", { data: creation("TooLarge") });
  add("creation with little gas", { data: creation("Failures"), gas: "0x80000" });
  add("unknown creation", { data: "0x60006000fd" });
  add("unknown creation, invalid", { data: "0xfe" });
  add("precompile", { to: "0x0000000000000000000000000000000000000006", data: "0xff".padEnd(402, "f") });
  return list;
}
