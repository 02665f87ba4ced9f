// Entry of the machine.

export { keccak256 } from "./keccak";
