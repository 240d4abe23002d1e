// Stands in for the colours that cli-table3 would give to heads and borders: its tables have none.
module.exports = {}
