// Starts Tributary: `npm start`, `npm run dev`, `npm test` and the others all come here first.
//
// This file is plain old JavaScript on purpose: a Node that is too old must be able to read it, so
// that it can say so in a sentence. Everything newer is imported after the check.

var required = [20, 19]
var running = process.versions.node.split('.').map(Number)

if (running[0] < required[0] || (running[0] === required[0] && running[1] < required[1])) {
  console.error(
    'Tributary needs Node ' +
      required.join('.') +
      ' or newer, and this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      '): install a newer one from https://nodejs.org.',
  )
  process.exit(1)
}

import('./start/commands.mjs')
  .then((commands) => commands.run(process.argv[2] || 'start', process.argv.slice(3)))
  .catch((error) => {
    console.error(error.sentence || error)
    process.exit(1)
  })
