// Runs WASI programs on V8.
// node node-wasi.mjs <module>
//
// Each line of standard input is a number and a file that says what to run (Order.java); each run is
// answered with the CPU nanoseconds of this thread for the instance and for the run, and how it ended.
import { WASI } from 'node:wasi';
import { createInterface } from 'node:readline';
import { closeSync, openSync, readFileSync } from 'node:fs';

// The scheduler's account of the main thread: compilers run on others.
const cpu = () => {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return Number(process.hrtime.bigint());
  }
};

const started = process.hrtime.bigint();
const startedCpu = process.cpuUsage();
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const spent = process.cpuUsage(startedCpu);
console.log(`ready ${process.hrtime.bigint() - started} ${(spent.user + spent.system) * 1000} -1`);

const unstable = WebAssembly.Module.imports(module).some((i) => i.module === 'wasi_unstable');

function readOrder(path) {
  const order = { arg: [], env: {}, dir: {}, entry: '_start' };
  for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
    const [key, value] = cut(line);
    if (key === 'arg') order.arg.push(value);
    else if (key === 'env' || key === 'dir') order[key][cut(value)[0]] = cut(value)[1];
    else order[key] = value;
  }
  return order;
}

function cut(text) {
  const at = text.indexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function run(order) {
  const stdout = openSync(order.stdout, 'w');
  const stdin = openSync(order.stdin, 'r');
  const stderr = order.stderr ? openSync(order.stderr, 'w') : 2;
  const wasi = new WASI({
    version: unstable ? 'unstable' : 'preview1',
    args: order.arg,
    env: order.env,
    preopens: order.dir,
    stdin,
    stdout,
    stderr,
    returnOnExit: true,
  });
  const imports = { [unstable ? 'wasi_unstable' : 'wasi_snapshot_preview1']: wasi.wasiImport };
  // What nobody provides traps when it is called.
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    if (kind === 'function' && !(name in imports[from])) {
      imports[from][name] = () => {
        throw new WebAssembly.RuntimeError(`${from}.${name} is not provided`);
      };
    }
  }
  const before = cpu();
  const instance = new WebAssembly.Instance(module, imports);
  const between = cpu();
  let end;
  try {
    end = order.entry === '_start' ? wasi.start(instance) : instance.exports[order.entry]();
  } catch (e) {
    end = `trap:${e.message}`.replaceAll(' ', '_');
  }
  const after = cpu();
  closeSync(stdout);
  closeSync(stdin);
  if (stderr !== 2) closeSync(stderr);
  console.log(`${between - before} ${after - between} ${end ?? 0}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [times, path] = cut(line);
  const order = readOrder(path);
  for (let i = Number(times); i > 0; i--) run(order);
  console.log('.');
}
