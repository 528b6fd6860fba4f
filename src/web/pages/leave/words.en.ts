export const words = {
  title: 'Leave',
  text: 'Press the button to close what is open here.',
  button: 'Leave',
}
