// Verifies quotes with @phala/dcap-qvl as told on standard input, one JSON object a line, one answer a line:
//   {"input": {"quote": hex, "collateral": object, "rootDer": hex, "at": unix seconds}}
//       -> {"status", "advisories"} or {"error"}
//   {"repeat": n}  -> {"wallNanos", "cpuNanos"} of n verifications of the last input
import { createInterface } from 'node:readline';
import qvl from '@phala/dcap-qvl';

let verify = () => {
  throw new Error('no input yet');
};

function accept({ quote, collateral, rootDer, at }) {
  const verifier = new qvl.QuoteVerifier(Buffer.from(rootDer, 'hex'));
  const bytes = Buffer.from(quote, 'hex');
  verify = () => verifier.verify(bytes, collateral, at);
  const report = verify();
  return { status: report.status, advisories: report.advisory_ids };
}

function repeat(n) {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  for (let i = 0; i < n; i++) verify();
  const wallNanos = Number(process.hrtime.bigint() - start);
  const { user, system } = process.cpuUsage(cpu);
  return { wallNanos, cpuNanos: (user + system) * 1000 };
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = command.input ? accept(command.input) : repeat(command.repeat);
  } catch (e) {
    answer = { error: e.cause ? `${e.message}: ${e.cause.message}` : e.message };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
