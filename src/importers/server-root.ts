/**
 * The folder that holds a server's files as they lie below its own root: `/tickets/7` for
 * `/tickets/7/etc/my.cnf`, and nothing for a file that is where its server has it.
 * @param path the real path of a configuration.
 * @returns `undefined` where the path does not say.
 */
export function rootOf(path: string): string | undefined {
  const [, root] = ownPlace.exec(path) ?? copiedPlace.exec(path) ?? []
  return root
}

/**
 * Where packages have their configuration: sysconfdir of MySQL and MariaDB, Debian's postgresql-common,
 * the data directories of PostgreSQL's packages, ORACLE_BASE of the Optimal Flexible Architecture.
 */
const ownPlace =
  /^(.*)[/](?:usr[/]local[/](?:etc|mysql|mariadb|pgsql)[/]|(?<![/]usr[/]local[/])etc[/](?:my[.]cnf$|(?:my[.]cnf[.]d|mysql|mariadb|postgresql|pgsql|opt[/]rh)[/])|var[/]lib[/](?:mysql|mariadb|pgsql|postgresql)[/]|u\d\d[/]app[/]|opt[/](?:oracle|bitnami)[/])/

/** Any other file in a folder `etc` is one of a copy, unless that folder is this machine's own. */
const copiedPlace = /^(.+)(?<![/]usr[/]local)[/]etc[/]/

/** Whether a real path is that of a folder or lies in it; the empty one is the root. */
export function isBelow(path: string, folder: string): boolean {
  const whole = folder === '/' ? '' : folder
  return path === whole || path.startsWith(`${whole}/`)
}
