'use strict';

// Everything is set as text: nothing of the document is ever taken for markup.
function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// The document's links lead to pages of the documentation, which are not served.
const plain = text => text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');

function table(rows) {
  const made = element('table');
  for (const cells of rows) {
    const row = made.appendChild(element('tr'));
    cells.forEach(cell => row.appendChild(element('td')).append(...[].concat(cell)));
  }
  return made;
}

function examples(content) {
  return Object.entries(content || {}).flatMap(([type, media]) => {
    const bodies = media.examples ? Object.values(media.examples).map(one => one.value) : [media.example];
    return [element('p', 'soft', type), ...bodies.map(body =>
      element('pre', '', typeof body === 'string' && !type.includes('json') ? body : JSON.stringify(body, null, 2)))];
  });
}

function answer([status, response]) {
  const headers = Object.entries(response.headers || {})
    .map(([name, header]) => element('p', 'soft', name + ': ' + header.description));
  return [status, [element('p', '', plain(response.description)), ...headers, ...examples(response.content)]];
}

function endpoint(path, method, operation, scheme) {
  const made = element('details');
  made.dataset.words = [method, path, operation.summary].join(' ').toLowerCase();
  const line = made.appendChild(element('summary'));
  line.append(element('span', 'method ' + method, method.toUpperCase()), element('span', 'path', path),
    element('span', 'soft', operation.summary));
  const inside = made.appendChild(element('div', 'inside'));
  const inputs = (operation.parameters || []).map(parameter =>
    [parameter.name, parameter.description + (parameter.required ? '' : ' (optional)') + ' · ' + parameter.in]);
  if (operation.security && scheme) {
    inputs.unshift([scheme.name, [element('p', '', operation.description.replace(/^Authorization: /, '')),
      element('p', 'soft', scheme.description + ' · ' + scheme.in)]]);
  }
  if (inputs.length) inside.append(element('h3', '', 'Request'), table(inputs));
  if (operation.requestBody) {
    inside.append(element('h3', '', 'Body'), element('p', '', operation.requestBody.description),
      ...examples(operation.requestBody.content));
  }
  inside.append(element('h3', '', 'Answers'), table(Object.entries(operation.responses).map(answer)));
  return made;
}

function show(api) {
  document.getElementById('about').textContent = api.info.description;
  document.getElementById('version').textContent = 'Contract ' + api.info.version;
  const scheme = Object.values((api.components || {}).securitySchemes || {})[0];
  const parts = document.getElementById('parts');
  parts.replaceChildren();
  for (const tag of api.tags) {
    const part = parts.appendChild(element('section'));
    part.append(element('h2', '', tag.name), element('p', 'soft', tag.description.replaceAll('`', '')));
    for (const [path, operations] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (operation.tags.includes(tag.name)) part.appendChild(endpoint(path, method, operation, scheme));
      }
    }
  }
}

document.getElementById('filter').addEventListener('input', event => {
  const words = event.target.value.toLowerCase().split(/\s+/);
  for (const shown of document.querySelectorAll('details')) {
    shown.hidden = !words.every(word => shown.dataset.words.includes(word));
  }
  for (const part of document.querySelectorAll('section')) {
    part.hidden = !part.querySelector('details:not([hidden])');
  }
});

fetch('../v3/api-docs')
  .then(response => response.ok ? response.json() : Promise.reject(new Error('the service answered ' + response.status)))
  .then(show)
  .catch(error => {
    document.getElementById('parts').replaceChildren(
      element('p', '', 'The description could not be read: ' + error.message + '. Reload the page to try again.'));
  });
