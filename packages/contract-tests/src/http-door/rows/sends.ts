import { messageOf, newUser, nobodysId, type Row, refusal, type Step, sending } from "../row.ts";

export const sendRows: readonly Row[] = [
  {
    id: "send-again",
    title: "the same clientMsgId again answers as the first time and stores nothing",
    steps: ({ ada, ben, cy }) => {
      const first = sending(ada, ben, "Hello", 1, { clientMsgId: "A-z_09" });
      const other = (body: object): Step => ({
        ...first,
        body: { to: ben.id, message: "Hello", clientMsgId: "A-z_09", ...body },
        ...refusal(409, "CONFLICT", /./, "clientMsgId"),
      });
      return [
        first,
        { ...first, answer: ([answer]: readonly unknown[]) => answer },
        other({ message: "Something else" }),
        other({ to: cy.id }),
        // Another sender's clients make ids of their own.
        sending(cy, ben, "Hello", 1, { clientMsgId: "A-z_09" }),
        {
          method: "GET",
          path: `/messages?receiverId=${ada.id}`,
          token: ben.token,
          status: 200,
          answer: {
            messages: [messageOf(ada, ben, "Hello", 1)],
            hasMore: false,
            lastSeq: 1,
            lastRev: 0,
            readSeq: 0,
            peerReadSeq: 0,
            epoch: /./,
          },
        },
      ];
    },
  },
  {
    id: "send-blocked",
    title: "a blocked sender cannot tell, and the one who blocked sees it marked",
    steps: ({ ada, ben }) => {
      const history = (token: string, peer: string, message: object): Step => ({
        method: "GET",
        path: `/messages?receiverId=${peer}`,
        token,
        status: 200,
        answer: { messages: [message], hasMore: false, lastSeq: 1, lastRev: 0, readSeq: 0, peerReadSeq: 0, epoch: /./ },
      });
      const plain = messageOf(ada, ben, "Hello", 1);
      return [
        { method: "PUT", path: `/blocks/${ada.id}`, token: ben.token, status: 200, answer: { message: /./ } },
        sending(ada, ben, "Hello", 1),
        history(ada.token, ben.id, plain),
        history(ben.token, ada.id, { ...plain, blocked: true }),
      ];
    },
  },
  {
    id: "blocks",
    title: "blocks are put and deleted as often as one likes, and listed",
    steps: ({ ada, ben, cy }) => {
      const change = (method: "PUT" | "DELETE", userId: string): Step => ({
        method,
        path: `/api/blocks/${userId}`,
        token: ada.token,
        status: 200,
        answer: { message: /./ },
      });
      const list = (blocks: readonly unknown[]): Step => ({
        method: "GET",
        path: "/blocks",
        token: ada.token,
        status: 200,
        answer: { blocks },
      });
      return [
        list([]),
        change("PUT", ben.id),
        change("PUT", ben.id),
        list([newUser(ben)]),
        change("DELETE", cy.id),
        change("DELETE", ben.id),
        change("DELETE", ben.id),
        list([]),
        { ...change("PUT", nobodysId), ...refusal(404, "NOT_FOUND", "User not found") },
        { ...change("PUT", ada.id), ...refusal(400, "INVALID", /userId/, "userId") },
      ];
    },
  },
];
