// Stands in for string-width in the bundle. cli-table3 asks it for the width of every cell, and it
// builds a regular expression of all emoji each time: two thirds of the time of a whole run.
// render/stand-in.ts hands cli-table3 nothing but ASCII and stand-ins of one column each, so that
// counting characters is the same answer; test/cli/program.test.ts holds the two against each other.
const colour = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-9;]*m`, 'g')

module.exports = (text) => [...text.replace(colour, '')].length
