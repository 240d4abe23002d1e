#!/usr/bin/env node
try {
  keepCompiled(`${__dirname}/../dist`)
  require('../dist/bundle/start.cjs')
} catch (error) {
  process.stderr.write(`mshare-plan: it could not be loaded; install it again\n${error.stack}\n`)
  // Node would end with 1, which says that a gate failed.
  process.exitCode = 70
}

/**
 * Node 22 and later keep what they compile for the next run, and do not load what has been damaged. Only
 * where the package belongs to whoever runs it: it then can be removed, and no other user can alter it.
 */
function keepCompiled(dist) {
  if (require('node:fs').statSync(dist).uid !== process.getuid?.()) return
  require('node:module').enableCompileCache?.(`${dist}/compiled`)
}
