/** What the machine asks of TypeScript. None of it waits; an exception ends the execution, and the driver undoes it. */

/** The decoded code for a code hash (a word): its pointer, brought in first if need be. */
@external("host", "loadCode")
export declare function loadCode(codeHash: usize): usize;

/** New code, to be kept by its hash. */
@external("host", "storeCode")
export declare function storeCode(codeHash: usize, code: usize, size: u32): void;

/** Writes the hash (a word) of a block by its number; zero if there is none. */
@external("host", "blockHash")
export declare function blockHash(number: u64, out: usize): void;

/** Writes the versioned hash (a word) of a blob of the transaction; zero if there is none. */
@external("host", "blobHash")
export declare function blobHash(index: u32, out: usize): void;

/** Runs the precompiled contract of the present frame: 0 failure, 1 success, 2 revert. */
@external("host", "precompile")
export declare function precompile(frame: usize): u32;

/** An instruction is about to run. */
@external("host", "step")
export declare function step(pc: u32, opcode: u32, gasLeft: u64, cost: u64, stackSize: u32): void;

/** The same, without what it costs: the least that a tracer can ask for. */
@external("host", "place")
export declare function place(pc: u32, opcode: u32): void;

/** A contract calls the console. */
@external("host", "consoleCall")
export declare function consoleCall(frame: usize): void;

/** A log was written at a place of the log area. */
@external("host", "logged")
export declare function logged(at: usize): void;

/** A slot of the running frame's account was written. */
@external("host", "stored")
export declare function stored(slot: usize): void;

/** The running frame's account destroys itself: the heir's record, the balance (a word) that goes there. */
@external("host", "destroyed")
export declare function destroyed(heir: usize, balance: usize): void;

/** A frame begins. */
@external("host", "enter")
export declare function enter(frame: usize): void;

/** A frame ends: 0 failure, 1 success, 2 revert. */
@external("host", "exit")
export declare function exit(frame: usize, outcome: u32, gasUsed: u64, output: usize, size: u32): void;
