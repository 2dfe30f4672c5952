import { randomBytes } from "node:crypto";
import { createShop } from "./create-shop.ts";

// With another secret at the next start, everybody has to sign in again: set JWT_SECRET to keep them.
const secret = process.env["JWT_SECRET"] ?? randomBytes(32).toString("hex");
const port = Number(process.env["PORT"] ?? 3000);
const shop = await createShop({ path: process.env["CHAT_DB"] ?? "chat.db", secret });
shop.server.listen(port, "127.0.0.1", () => console.log("The shop is open:", shop.server.address()));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void shop.close());
