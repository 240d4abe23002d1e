/**
 * The answer to the program's name alone: what it does, and what to try with what one has. Twelve
 * lines of at most 80 columns.
 */
export const introduction: string = `mshare-plan tells whether page tables fit into the memory of a Linux server.
Every process that maps shared memory pays for its own page tables: 1500 clients
of a 300 GB SGA need 881 GiB. It plans them, and says what to do. Try it with

a server that runs (as root, to see every process):
  npx mshare-plan capture -o server.yaml && npx mshare-plan server.yaml
a configuration file of PostgreSQL, Oracle, MySQL or MariaDB:
  npx mshare-plan import postgresql.conf --memory 512GB -o server.yaml
or numbers that you know:
  npx mshare-plan init oracle --memory 512GB --shared 300GB --plan

All commands and options: npx mshare-plan --help
`
