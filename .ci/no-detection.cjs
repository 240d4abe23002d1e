// Stands in for what chalk asks of the terminal: whether colour is wanted, the caller decides.
module.exports = { stdout: false, stderr: false }
