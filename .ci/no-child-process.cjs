// Stands in for node:child_process in the bundle: commander loads it for subcommands that are
// programs of their own. We have none, and loading it takes 3 ms of every start.
module.exports = {}
