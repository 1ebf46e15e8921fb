// What a step can be. Each takes its arguments and gives a flat object. `by` is the private key that acts.
const UNCHECKED = { preflightCheck: false };
const CHECKED = { preflightCheck: true };

// Options of the calls about secrets: only SDK 8 knows frameworks.
const of = (teeFramework, options = {}) => (teeFramework ? { ...options, teeFramework } : options);

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

  async pushDatasetSecret({ by, dataset, key, teeFramework }, { as }) {
    return { done: await as(by).dataset.pushDatasetSecret(dataset, key, of(teeFramework)) };
  },

  async checkDatasetSecret({ by, dataset, teeFramework }, { as }) {
    return { exists: await as(by).dataset.checkDatasetSecretExists(dataset, of(teeFramework)) };
  },

  async pushAppSecret({ by, app, value, teeFramework }, { as }) {
    return { done: await as(by).app.pushAppSecret(app, value, of(teeFramework)) };
  },

  async checkAppSecret({ by, app, teeFramework }, { as }) {
    return { exists: await as(by).app.checkAppSecretExists(app, of(teeFramework)) };
  },

  async pushRequesterSecret({ by, name, value, teeFramework }, { as }) {
    const { isPushed } = await as(by).secrets.pushRequesterSecret(name, value, of(teeFramework));
    return { done: isPushed };
  },

  async checkRequesterSecret({ by, requester, name, teeFramework }, { as }) {
    return { exists: await as(by).secrets.checkRequesterSecretExists(requester, name, of(teeFramework)) };
  },

  async pushStorageToken({ by, token, provider, forceUpdate, teeFramework }, { as, sdk }) {
    const { storage } = as(by);
    const { isPushed, isUpdated } =
      sdk === 8
        ? await storage.pushStorageToken(token, of(teeFramework, { provider, forceUpdate }))
        : await storage.pushStorageToken(token, provider, { forceUpdate });
    return { done: isPushed, updated: isUpdated };
  },

  async checkStorageToken({ by, beneficiary, provider, teeFramework }, { as, sdk }) {
    const { storage } = as(by);
    return {
      exists:
        sdk === 8
          ? await storage.checkStorageTokenExists(beneficiary, of(teeFramework, { provider }))
          : await storage.checkStorageTokenExists(beneficiary, provider),
    };
  },

  async pushResultEncryptionKey({ by, key, forceUpdate, teeFramework }, { as }) {
    const { isPushed, isUpdated } = await as(by).result.pushResultEncryptionKey(key, of(teeFramework, { forceUpdate }));
    return { done: isPushed, updated: isUpdated };
  },

  async checkResultEncryptionKey({ by, beneficiary, teeFramework }, { as }) {
    return { exists: await as(by).result.checkResultEncryptionKeyExists(beneficiary, of(teeFramework)) };
  },

  // A requester signs its order, and the SDK asks the SMS before whether every secret of it is there.
  async signCheckedRequest({ by, app, dataset, workerpool, tag, params, category }, { as }) {
    const { order } = as(by);
    const terms = { app, workerpool, category, params, tag, trust: 1, volume: 1, ...(dataset ? { dataset } : {}) };
    const { sign } = await order.signRequestorder(await order.createRequestorder(terms), CHECKED);
    return { sign };
  },

  // The same of a dataset's owner.
  async signCheckedDataset({ by, dataset, tag }, { as }) {
    const { order } = as(by);
    const { sign } = await order.signDatasetorder(await order.createDatasetorder({ dataset, tag, volume: 1 }), CHECKED);
    return { sign };
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
