/** `-c name=value` for each setting. */
export function settingArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** The port only names the socket file; PostgreSQL listens on no network. */
export const SOCKET_PORT = 5432;

/** Sizes for a small machine: written to postgresql.conf once, where the operator may change them. */
export const INITIAL_SETTINGS = {
  shared_buffers: "128MB",
  max_connections: "60",
  max_wal_size: "512MB",
  // Short transactions on two cores gain nothing from it, and it is the main user of shared memory segments.
  max_parallel_workers_per_gather: "0",
} as const;

/** Given on the command line at each start, so that no file in the cluster can take them back. */
export function constantSettings(
  socketDirectory: string,
  durable: boolean,
): Readonly<Record<string, string>> {
  const reachesTheDisk = durable ? "on" : "off";
  return {
    listen_addresses: "",
    port: String(SOCKET_PORT),
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: "0700",
    fsync: reachesTheDisk,
    full_page_writes: reachesTheDisk,
    synchronous_commit: "on", // Off, a killed server would forget what it had confirmed.
    // On macOS a plain fsync stays in the drive's cache.
    ...(process.platform === "darwin" && durable ? { wal_sync_method: "fsync_writethrough" } : {}),
    autovacuum: "on", // Erased rows leave the files only when they are vacuumed.
    track_counts: "on",
    ...WITHOUT_PERSONAL_DATA,
    timezone: "UTC",
    log_timezone: "UTC",
    // Containers give /dev/shm 64 MB or none, and promise huge pages that they do not have.
    dynamic_shared_memory_type: "mmap",
    huge_pages: "off",
  };
}

/**
 * The server's log must hold no value of any row. "log" ranks above "error" there: messages of errors and
 * warnings quote values ('invalid input syntax for type integer: "…"'), so they go to the client only; terse
 * leaves out DETAIL, which quotes keys and, after a crash, the statement that was running.
 */
const WITHOUT_PERSONAL_DATA = {
  log_destination: "stderr",
  logging_collector: "off",
  log_line_prefix: "%m [%p] ",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_statement: "none",
  log_duration: "off",
  log_min_duration_statement: "-1",
  log_min_duration_sample: "-1",
  log_transaction_sample_rate: "0",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_checkpoints: "off",
  // auto_explain and its like print whole statements.
  shared_preload_libraries: "",
  session_preload_libraries: "",
} as const;
