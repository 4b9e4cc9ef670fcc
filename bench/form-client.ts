import { once } from "node:events";
import { connect } from "node:net";

export interface FormClient {
  /** Sends a form and resolves when it was taken in (303); one at a time. */
  post(path: string, body: string): Promise<void>;
  close(): void;
}

/**
 * A connection that stays open and sends forms as bytes. Node's own client takes a quarter of the time that it measures,
 * on the same two cores; this one takes a third of that.
 */
export async function openFormClient(origin: string): Promise<FormClient> {
  const { hostname, port, host } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port) }).setNoDelay(true).setEncoding("latin1");
  await once(socket, "connect");
  let answer = "";
  let settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  socket.on("data", (text: string) => {
    answer += text;
    // The answer to a form that was taken in has no body, and every other is a fault.
    if (!answer.startsWith("HTTP/1.1 303 ")) settle?.reject(new Error(`answered ${answer.split("\r\n", 1)[0]}`));
    else if (answer.endsWith("\r\n\r\n")) {
      answer = "";
      settle?.resolve();
    }
  });
  socket.on("error", (error) => settle?.reject(error));
  const headers = (length: number) =>
    `host: ${host}\r\norigin: ${origin}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${length}`;
  return {
    post: (path, body) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(`POST ${path} HTTP/1.1\r\n${headers(Buffer.byteLength(body))}\r\n\r\n${body}`);
      }),
    close: () => socket.destroy(),
  };
}
