/** Shows the conversation that a notification is about: in a window that is open already, or in a new one. */
export const openPage = async (clients: Clients, peer: unknown): Promise<void> => {
  const address = typeof peer === "string" && /^[0-9a-f]{24}$/.test(peer) ? `/#/with/${peer}` : "/";
  const [open] = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open === undefined) {
    await clients.openWindow(address);
    return;
  }
  open.postMessage({ open: address });
  await open.focus();
};
