// Thread entry of the doctor that an engine calls. Tells what it finds, group by group.
import { parentPort, workerData } from 'node:worker_threads';
import { diagnose } from '../doctor/diagnose.ts';
import type { Question } from '../doctor/question.ts';
import { now } from '../net/clock.ts';

const port = parentPort!;
const questions = workerData as Question[];

await Promise.all(questions.map(async (question) => port.postMessage(await diagnose(question, now))));
