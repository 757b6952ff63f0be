-- How questions of the server are put: nvim --headless -l questions.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local check, equal, contains, wait_for = t.check, t.equal, t.contains, t.wait_for

local CLIENT = 7
local BIDI, ZERO_WIDTH = '\226\128\174', '\226\128\139'

--- The questions that were put, and whether each is answered at once with its n-th answer.
local put = {}
local take

--- Asks as the server does; `reply.got` is what it gets.
local function ask(message, actions)
  local reply = {}
  coroutine.wrap(function()
    reply.got = require('sforg.questions').on_request(nil, { type = 2, message = message, actions = actions }, { client_id = CLIENT })
  end)()
  return reply
end

local function answered(reply, what)
  return wait_for(what, function()
    return reply.got
  end)
end

local function titles(items)
  return vim.tbl_map(function(item)
    return item.title
  end, items)
end

local SEND = { { title = "Don't send" }, { title = 'Send' } }

local function after_a_command()
  take = 2
  local got = answered(ask('Send A to host as b?', SEND), 'a question that follows from a command is put at once')
  equal(titles(put[#put].items), { "Don't send", 'Send' }, 'the answer that does nothing is the first')
  equal(got, { title = 'Send' }, 'the second is the other')
  take = nil
  equal(answered(ask('Send A to host as b?', SEND), 'no choice'), vim.NIL, 'is no answer')
  equal(answered(ask('Nothing to choose', {}), 'a question without answers'), vim.NIL, 'is a message')
end

local function message_lines()
  local buf = vim.fn.bufnr('^sforg://message$')
  return buf ~= -1 and vim.api.nvim_buf_get_lines(buf, 0, -1, false) or {}
end

local function of_several_lines()
  take = 1
  local lines = { 'Send 42 secrets to 2 hosts?' }
  for i = 1, 42 do
    lines[#lines + 1] = ('S%d (environment) to test.salesforce.com as u%d@x'):format(i, i)
  end
  answered(ask(table.concat(lines, '\n'), SEND), 'a question of several lines')
  equal(put[#put].prompt, lines[1], 'is put with the first')
  local shown = message_lines()
  local rows = math.min(14, math.floor(vim.o.lines / 2))
  local rest = ('(%d more lines are not shown.)'):format(42 - rows + 1)
  equal({ #shown, shown[1], shown[rows] }, { rows, lines[2], rest }, 'and the others stand in the window, which says how many do not fit')
end

local function while_typing(notifications)
  local before = #put
  local reply
  take = 2
  vim.keymap.set('i', '<F2>', function()
    reply = ask('Send A to host as b?', SEND)
    check(#put == before, 'while someone types, nothing is put', put)
  end, { buffer = 0 })
  vim.api.nvim_feedkeys(vim.keycode('ione<F2> two<Esc>'), 'tx', false)
  equal(vim.api.nvim_get_current_line(), 'one two', 'what is typed goes into the file')
  contains(notifications[#notifications].text, 'a question waits until you are in normal mode', 'it says that one waits')
  equal(answered(reply, 'in normal mode it is put'), { title = 'Send' }, 'and answered')
end

local function unasked(project)
  return { { title = 'Upgrade', unasked = true, project = project }, { title = 'Not Now', unasked = true, project = project } }
end

local function that_nobody_asked_for(notifications)
  local questions = require('sforg.questions')
  local folder = t.work .. '/project'
  vim.fn.mkdir(folder .. '/orgs', 'p')
  vim.fn.writefile({ '{}' }, folder .. '/sforg-project.json')
  vim.cmd.edit(folder .. '/orgs/a.sforg.json')
  local project = vim.uri_from_fname(folder .. '/sforg-project.json')
  local before = #put
  local reply = ask('The project ' .. ('x'):rep(300) .. ' uses a previous version.', unasked(project))
  vim.wait(50)
  check(#put == before and reply.got == nil, 'a question that nobody asked for is not put', put)
  local notice = notifications[#notifications].text
  check(vim.endswith(notice, '… Run :SforgUpgrade.'), 'one line names the command', notice)
  check(vim.fn.strdisplaywidth(notice) <= vim.v.echospace, 'and fits', notice)

  vim.cmd.edit(t.work .. '/elsewhere.sforg.json')
  equal(questions.put(CLIENT, 0), false, 'of another project there is none')
  vim.cmd.edit(folder .. '/orgs/a.sforg.json')
  equal(questions.put(CLIENT + 1, 0), false, 'nor of another server')
  take = 1
  equal(questions.put(CLIENT, 0), true, 'the command puts it')
  equal(titles(put[#put].items), { 'Upgrade', 'Not Now' }, 'as it came')
  equal(answered(reply, 'and the server gets the answer').title, 'Upgrade', 'that was chosen')
  equal(questions.put(CLIENT, 0), false, 'once')

  take = 2
  equal(answered(ask('It changes this.', unasked(project)), 'what follows from the answer is put at once').title, 'Not Now', 'with its answer')
  questions.dialogue_ms = 0
  reply = ask('Again?', unasked(project))
  vim.wait(50)
  check(reply.got == nil, 'later ones wait again', put)
  questions.drop(CLIENT, 0)
  equal(answered(reply, 'whoever does without it'), vim.NIL, 'has not answered')
  ask('And again?', unasked(project))
  questions.forget(CLIENT)
  equal(questions.put(CLIENT, 0), false, 'a server that has ended waits for nothing')
end

local function foreign_words(notifications)
  take = 1
  local hostile = 'a\27]52;c;eA==\7' .. BIDI .. 'b' .. ZERO_WIDTH .. 'c\nd' .. '\194\155'
  ask(hostile, { { title = 'Y\27[31m' .. ('y'):rep(200) }, { title = 'No' } })
  equal(put[#put].prompt, 'a]52;c;eA==bc:', 'a question has no character that does something')
  check(not put[#put].shown[1]:find('%c') and vim.fn.strchars(put[#put].shown[1]) == 60, 'nor has an answer', put[#put].shown)
  require('sforg.messages').show(nil, { type = 1, message = hostile })
  check(not notifications[#notifications].text:find('[%c\128-\255]'), 'nor has a message', notifications[#notifications].text)
  ask(('w'):rep(100000), SEND)
  check(#put[#put].prompt < 900, 'its length is bounded', #put[#put].prompt)
end

t.run(function()
  t.load_plugin()
  local notifications = t.record_notifications()
  vim.ui.select = function(items, options, choose)
    put[#put + 1] = { items = items, prompt = options.prompt, shown = vim.tbl_map(options.format_item, items) }
    choose(items[take], take)
  end
  after_a_command()
  of_several_lines()
  while_typing(notifications)
  that_nobody_asked_for(notifications)
  foreign_words(notifications)
end)
