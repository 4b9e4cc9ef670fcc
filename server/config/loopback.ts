/** Whether an address is of this machine alone, so that nothing sent there travels. */
export function isLoopback(url: URL): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
}
