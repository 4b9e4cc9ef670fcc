interface Request {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What answers: the app itself, without a socket, or a server in a process of its own. */
interface Site {
  request(url: string, init: Request): Response | Promise<Response>;
}

/** A browser without a window: keeps cookies, follows nothing by itself, and says where its forms come from. */
export class WebVisitor {
  readonly #app: Site;
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(app: Site, origin: string) {
    this.#app = app;
    this.#origin = origin;
  }

  get(path: string): Promise<Response> {
    return this.#send(path, {});
  }

  post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#send(path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: this.#origin },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** The value of a cookie that the visitor holds. */
  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  async #send(path: string, init: Request): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, ...(cookie === "" ? {} : { cookie }) };
    const answer = await this.#app.request(`${this.#origin}${path}`, { ...init, headers });
    for (const given of answer.headers.getSetCookie()) this.#keep(given);
    return answer;
  }

  #keep(given: string): void {
    const [pair = ""] = given.split(";");
    const name = pair.slice(0, pair.indexOf("="));
    if (/;\s*max-age=0(;|$)/i.test(given)) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(pair.indexOf("=") + 1));
  }
}
