// What a step can be. Each takes its arguments and gives a flat object. `by` is the private key that acts.
const UNCHECKED = { preflightCheck: false };

export const steps = {
  async encryptDataset({ by, file, out }, { as, readFile, writeFile }) {
    const { dataset } = as(by);
    const key = dataset.generateEncryptionKey();
    const encrypted = await dataset.encrypt(await readFile(file), key);
    await writeFile(out, encrypted);
    return { key, checksum: await dataset.computeEncryptedFileChecksum(encrypted) };
  },

  async deployDataset({ by, owner, name, multiaddr, checksum }, { as }) {
    const { address } = await as(by).dataset.deployDataset({ owner, name, multiaddr, checksum });
    return { address };
  },

  async deployApp({ by, app }, { as }) {
    const { address } = await as(by).app.deployApp(app);
    return { address };
  },

  async deployWorkerpool({ by, owner, description }, { as }) {
    const { address } = await as(by).workerpool.deployWorkerpool({ owner, description });
    return { address };
  },

  async pushDatasetSecret({ by, dataset, key }, { as }) {
    return { done: await as(by).dataset.pushDatasetSecret(dataset, key) };
  },

  async checkDatasetSecret({ by, dataset }, { as }) {
    return { exists: await as(by).dataset.checkDatasetSecretExists(dataset) };
  },

  async pushAppSecret({ by, app, value }, { as }) {
    return { done: await as(by).app.pushAppSecret(app, value) };
  },

  async checkAppSecret({ by, app }, { as }) {
    return { exists: await as(by).app.checkAppSecretExists(app) };
  },

  async pushRequesterSecret({ by, name, value }, { as }) {
    const { isPushed } = await as(by).secrets.pushRequesterSecret(name, value);
    return { done: isPushed };
  },

  async checkRequesterSecret({ by, requester, name }, { as }) {
    return { exists: await as(by).secrets.checkRequesterSecretExists(requester, name) };
  },

  async pushStorageToken({ by, token, provider, forceUpdate }, { as, sdk }) {
    const { storage } = as(by);
    const { isPushed, isUpdated } =
      sdk === 8
        ? await storage.pushStorageToken(token, { provider, forceUpdate })
        : await storage.pushStorageToken(token, provider, { forceUpdate });
    return { done: isPushed, updated: isUpdated };
  },

  async checkStorageToken({ by, beneficiary, provider }, { as, sdk }) {
    const { storage } = as(by);
    return {
      exists:
        sdk === 8
          ? await storage.checkStorageTokenExists(beneficiary, { provider })
          : await storage.checkStorageTokenExists(beneficiary, provider),
    };
  },

  async pushResultEncryptionKey({ by, key, forceUpdate }, { as }) {
    const { isPushed, isUpdated } = await as(by).result.pushResultEncryptionKey(key, { forceUpdate });
    return { done: isPushed, updated: isUpdated };
  },

  async checkResultEncryptionKey({ by, beneficiary }, { as }) {
    return { exists: await as(by).result.checkResultEncryptionKeyExists(beneficiary) };
  },

  // Each party creates and signs its order, the requester matches them.
  async matchDeal(terms, { as }) {
    const { app, dataset, workerpool, tag, params, category, tasks } = terms;
    const tagged = { tag, volume: tasks };
    const apporder = await signed(as(terms.appOwner), 'app', { app, ...tagged });
    const workerpoolorder = await signed(as(terms.workerpoolOwner), 'workerpool', { workerpool, category, trust: 1, ...tagged });
    const request = { app, workerpool, category, params, trust: 1, ...tagged, ...(dataset ? { dataset } : {}) };
    const requestorder = await signed(as(terms.requester), 'request', request);
    const orders = { apporder, workerpoolorder, requestorder };
    if (dataset) orders.datasetorder = await signed(as(terms.datasetOwner), 'dataset', { dataset, ...tagged });
    const { dealid, volume } = await as(terms.requester).order.matchOrders(orders, UNCHECKED);
    return { dealId: dealid, tasks: Number(volume) };
  },
};

async function signed({ order }, kind, terms) {
  const name = kind[0].toUpperCase() + kind.slice(1);
  const created = await order[`create${name}order`](terms);
  return order[`sign${name}order`](created, UNCHECKED);
}
