// Sends what stands on the compose line. Whatever cannot be sent stays there, with the reason in the footer.
import { chatCommand, refusal } from './chat-command.ts';
import type { Desk } from './desk.ts';
import { examine, refreshMembership, refreshSeconds } from './diagnosing.ts';
import { textOf } from './line-editor.ts';
import { acceptOffer, declineOffer, shareFiles } from './sharing.ts';

export function say(desk: Desk): void {
  const { around, look } = desk;
  const command = chatCommand(textOf(desk.view().compose));
  switch (command.do) {
    case 'nothing':
      break;
    case 'quit':
      around.onExit(0);
      break;
    case 'help':
      sent(desk);
      desk.dispatch({ do: 'open', overlay: 'help' });
      break;
    case 'share':
      if (command.path === '') desk.tell(look.words.messages.sharePath, 'warn');
      else {
        shareFiles(desk, command.path);
        sent(desk);
      }
      break;
    case 'accept':
      sent(desk);
      acceptOffer(desk, command.out);
      break;
    case 'decline':
      sent(desk);
      declineOffer(desk);
      break;
    case 'doctor':
      sent(desk);
      examine(desk);
      break;
    case 'refresh':
      refresh(desk, command.seconds);
      break;
    case 'unknown':
      desk.tell(look.words.messages.unknownCommand(command.word), 'warn');
      break;
    case 'say':
      send(desk, command.text);
  }
}

function refresh(desk: Desk, text: string): void {
  const seconds = refreshSeconds(text);
  if (seconds === undefined) desk.tell(desk.look.diagnosis.badSeconds(text), 'warn');
  else {
    sent(desk);
    refreshMembership(desk, seconds);
  }
}

function send(desk: Desk, text: string): void {
  const { feed, look, model, lists } = desk;
  const { group } = desk.view();
  const fault = model.latest && refusal(text, model.latest);
  if (fault) {
    const { bytes, limit } = fault.facts;
    desk.tell(look.words.messages.tooLong(Number(bytes), Number(limit)), 'warn');
    return;
  }
  feed.send({ do: 'say', text, ...(group !== undefined && { group }) });
  sent(desk);
  // Whoever speaks wants to see it.
  const lines = lists.chat(model, desk.view(), look);
  desk.dispatch({ do: 'scroll', pane: 'chat', by: Infinity, lines, least: 0 });
}

const sent = (desk: Desk): void => desk.dispatch({ do: 'edit', change: { edit: 'sent' } });
