// Compiles this module's own contracts; the creation code of each is kept as a resource, hexadecimal without 0x.
// The same sources give the same bytes everywhere: pinned compiler, fixed EVM version, no metadata.
//   node compile.mjs          prints one JSON object: resource, relative to src, to its content
//   node compile.mjs --write  writes the resources
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import solc from 'solc';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
const RESOURCES = {
  main: 'main/resources/io/attested/sms/contracts',
  test: 'test/resources/io/attested/sms/contracts/testbed',
};

function compile(kind) {
  const folder = join(SOURCES, kind, 'solidity');
  const files = readdirSync(folder).filter((file) => file.endsWith('.sol')).sort();
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(files.map((file) => [file, { content: readFileSync(join(folder, file), 'utf8') }])),
    settings: {
      // Without PUSH0, which chains of before 2023 do not know.
      evmVersion: 'paris',
      optimizer: { enabled: true, runs: 1 },
      metadata: { bytecodeHash: 'none', appendCBOR: false },
      outputSelection: { '*': { '*': ['evm.bytecode.object'] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  const errors = (output.errors ?? []).filter((problem) => problem.severity === 'error');
  if (errors.length > 0) {
    throw new Error(errors.map((problem) => problem.formattedMessage).join('\n'));
  }
  // A file's contract has the file's name; Read.sol holds a library, which is compiled into its users.
  return files
    .filter((file) => file !== 'Read.sol')
    .map((file) => file.replace('.sol', ''))
    .map((name) => [`${RESOURCES[kind]}/${name}.hex`, `${output.contracts[`${name}.sol`][name].evm.bytecode.object}\n`]);
}

const resources = Object.keys(RESOURCES).flatMap(compile);
if (process.argv.includes('--write')) {
  for (const [path, content] of resources) {
    const file = join(SOURCES, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
} else {
  process.stdout.write(JSON.stringify(Object.fromEntries(resources)));
}
