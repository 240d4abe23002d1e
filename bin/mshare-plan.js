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
 * Node 22 and later keep what they compile for the next run, and do not load what has been damaged by
 * chance. No other user may write there, for it is run; and on a full disk Node would leave empty files.
 */
function keepCompiled(dist) {
  const { enableCompileCache } = require('node:module')
  if (enableCompileCache === undefined) return
  const { lstatSync, mkdirSync, statfsSync } = require('node:fs')
  try {
    const { bavail, bsize } = statfsSync(dist)
    const user = process.getuid()
    if (lstatSync(dist).uid !== user || bavail * bsize < 2 ** 25) return
    const folder = `${dist}/compiled`
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const own = lstatSync(folder)
    const isClosed = own.isDirectory() && own.uid === user && own.mode % 0o100 === 0
    if (isClosed) enableCompileCache(folder)
  } catch {
    // Read-only, or no folder: nothing is kept.
  }
}
