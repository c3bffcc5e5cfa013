// A mail server on loopback that delivers nothing: it keeps the letters it is
// sent, and takes none while it is told so.
const net = require('node:net');

/** Starts one: its port, its letters, `refuse(code)`, and how to end it. */
function sink() {
  const letters = [];
  let refusal = null;
  const server = net.createServer((socket) => {
    let kept = '';
    let inLetter = false;
    socket.on('error', () => {});
    socket.write('220 sink.example\r\n');
    socket.on('data', (part) => {
      kept += part;
      for (;;) {
        if (inLetter) {
          const end = kept.indexOf('\r\n.\r\n');
          if (end < 0) return;
          letters.push(kept.slice(0, end));
          kept = kept.slice(end + 5);
          inLetter = false;
          socket.write('250 kept\r\n');
          continue;
        }
        const end = kept.indexOf('\r\n');
        if (end < 0) return;
        const line = kept.slice(0, end).toUpperCase();
        kept = kept.slice(end + 2);
        if (line.startsWith('RCPT') && refusal) {
          socket.write(`${refusal} no\r\n`);
        } else if (line === 'DATA') {
          inLetter = true;
          socket.write('354 go on\r\n');
        } else {
          socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n');
        }
      }
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({
      port: server.address().port,
      letters,
      refuse: (code) => { refusal = code; },
      end: () => { server.close(); },
    }));
  });
}

/** The words of a letter, whose body is in base64 or quoted-printable. */
function words(letter) {
  const at = letter.indexOf('\r\n\r\n');
  const [head, body] = [letter.slice(0, at), letter.slice(at + 4)];
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

module.exports = { sink, words };
