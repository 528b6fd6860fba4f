import type { SnippetValues } from './snippets.ts'

/**
 * What an organisation begins with. The words are ours and neutral: nothing promised beyond the settings, no law, no name, and nothing that is true
 * of one concern alone. They follow what the policy of June 2022 asks for: thanks, support, consent, updates, an outcome, and asking how it went.
 */
export const firstSnippets: SnippetValues = {
  items: [
    {
      code: 's-thanks',
      title: 'Thank you, and what comes next',
      text: 'Thank you for telling us. It cannot have been easy. I have read what you wrote. I will think about what should happen next, and write to you here.',
      uses: ['acknowledgement'],
    },
    {
      code: 's-support',
      title: 'Support for you',
      text: 'This can be hard. You do not have to carry it alone. Your union or Protect can help you. You do not have to tell them all that you told us.',
      uses: ['acknowledgement', 'message', 'outcome'],
    },
    {
      code: 's-known',
      title: 'Who may know your name',
      text: 'You choose who may know your name. If you change your mind, tell me here first.',
      uses: ['acknowledgement', 'message'],
    },
    {
      code: 's-treated',
      title: 'If anyone treats you badly',
      text: 'No one may treat you badly because you spoke up. If it happens, or you fear it will, tell me here. We must act on that too.',
      uses: ['acknowledgement', 'message', 'outcome'],
    },
    {
      code: 's-question',
      title: 'Before a question',
      text: 'I would like to ask you something, so that we can go on. You do not have to answer. Leave out what could show who you are.',
      uses: ['message'],
    },
    {
      code: 's-no-news',
      title: 'Nothing new yet',
      text: 'There is no news yet. The work goes on. I will write to you here again.',
      uses: ['message'],
    },
    {
      code: 's-sorry',
      title: 'Sorry for the wait',
      text: 'I am sorry that you had to wait. We said we would write sooner, and we did not.',
      uses: ['message', 'wait', 'outcome'],
    },
    {
      code: 's-more-time',
      title: 'We need more time',
      text: 'We need more time than we said. I am sorry. We want to get this right.',
      uses: ['wait'],
    },
    {
      code: 's-wait-for-others',
      title: 'We wait for someone else',
      text: 'We have to wait for someone else before we can go on. We do not lose sight of this. I will write to you as soon as we can go on.',
      uses: ['wait'],
    },
    {
      code: 's-share',
      title: 'What we can share',
      text: 'I can tell you what we found and what will change. I cannot tell you what is private to other people.',
      uses: ['outcome'],
    },
    {
      code: 's-challenge',
      title: 'If you think this is wrong',
      text: 'If you think this is wrong, write to me here and say why. You can ask us to look at it again.',
      uses: ['outcome'],
    },
    {
      code: 's-after',
      title: 'After this',
      text: 'Your code still works. Keep it safe. We will ask you later how you are treated. You can write to us here at any time.',
      uses: ['outcome'],
    },
    {
      code: 's-feedback',
      title: 'How was this for you?',
      text: 'When you are ready, tell us here how it went for you. What you say helps us to do better.',
      uses: ['outcome'],
    },
  ],
}
