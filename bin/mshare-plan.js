#!/usr/bin/env node
try {
  require('../dist/bundle/start.cjs')
} catch (error) {
  process.stderr.write(`mshare-plan: it could not be loaded; install it again\n${error.stack}\n`)
  // Node would end with 1, which says that a gate failed.
  process.exitCode = 70
}
