// Plays steps through a real iExec SDK. Input: one JSON document on stdin. Output: one JSON line for each step.
import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { JsonRpcProvider, Network, Wallet } from 'ethers';
import { steps } from './steps.mjs';

const PACKAGES = { 9: 'iexec', 8: 'iexec-v8' };
const UNUSED = 'http://127.0.0.1:1';

const input = JSON.parse(await text(process.stdin));
const { IExec } = await import(PACKAGES[input.sdk]);
const network = new Network('local', input.chainId);
const provider = new JsonRpcProvider(input.rpcUrl, network, { staticNetwork: network, pollingInterval: 20, cacheTimeout: -1 });
const options = {
  hubAddress: input.hub,
  smsURL: input.smsUrl,
  ipfsGatewayURL: UNUSED,
  ipfsNodeURL: UNUSED,
  iexecGatewayURL: UNUSED,
  ...(input.sdk === 8 ? { resultProxyURL: UNUSED, isNative: false, useGas: true } : {}),
};
const clients = new Map();
const results = new Map();

// A client for each key: the SDK signs with the wallet it was made with.
function as(privateKey) {
  if (!clients.has(privateKey)) {
    clients.set(privateKey, new IExec({ ethProvider: new Wallet(privateKey, provider) }, options));
  }
  return clients.get(privateKey);
}

// "$id.member" stands for a member of an earlier step's result.
function resolved(value) {
  if (typeof value === 'string' && value.startsWith('$')) {
    const [id, member] = value.slice(1).split('.');
    if (!results.has(id)) throw new Error(`step ${id} has no result`);
    return results.get(id)[member];
  }
  if (Array.isArray(value)) return value.map(resolved);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member)]));
  }
  return value;
}

function explained(error) {
  const cause = error.cause && error.cause !== error ? `: ${error.cause.message ?? error.cause}` : '';
  return `${error.name}: ${error.message}${cause}`;
}

async function play({ id, call, arguments: given }) {
  try {
    if (!Object.hasOwn(steps, call)) throw new Error(`no step is called ${call}`);
    const result = await steps[call](resolved(given), { as, sdk: input.sdk, readFile, writeFile });
    results.set(id, result);
    return { id, ok: true, result };
  } catch (error) {
    return { id, ok: false, error: explained(error) };
  }
}

for (const step of input.steps) {
  process.stdout.write(`${JSON.stringify(await play(step))}\n`);
}
provider.destroy();
process.exit(0);
