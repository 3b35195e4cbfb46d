// Runs a WASI program again and again on V8, one run a line of standard input, and answers each
// with the CPU nanoseconds of this thread for the instance and for the run, and the exit code.
// node node-wasi.mjs <module> <program.json>
import { WASI } from 'node:wasi';
import { createInterface } from 'node:readline';
import { closeSync, openSync, readFileSync } from 'node:fs';

const [file, specification] = process.argv.slice(2);
const program = JSON.parse(readFileSync(specification, 'utf8'));

// The scheduler's account of the main thread: compilers run on others.
const cpu = () => {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return Number(process.hrtime.bigint());
  }
};

const started = process.hrtime.bigint();
const module = new WebAssembly.Module(readFileSync(file));
console.log(`ready ${process.hrtime.bigint() - started}`);

function run() {
  const stdout = openSync(program.stdout, 'w');
  const stdin = openSync(program.stdin, 'r');
  const wasi = new WASI({
    version: program.version,
    args: program.args,
    env: program.env,
    preopens: program.preopens,
    stdin,
    stdout,
    returnOnExit: true,
  });
  const before = cpu();
  const instance = new WebAssembly.Instance(module, { [importName()]: wasi.wasiImport });
  const between = cpu();
  let code;
  try {
    code = wasi.start(instance);
  } catch (e) {
    code = `trap:${e.message}`.replaceAll(' ', '_');
  }
  const after = cpu();
  closeSync(stdout);
  closeSync(stdin);
  console.log(`${between - before} ${after - between} ${code ?? 0}`);
}

function importName() {
  return program.version === 'unstable' ? 'wasi_unstable' : 'wasi_snapshot_preview1';
}

for await (const line of createInterface({ input: process.stdin })) {
  for (let i = Number(line); i > 0; i--) run();
  console.log('.');
}
