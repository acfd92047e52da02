<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Activity</name>
    <message>
      <source>Asked once more after {time}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cached</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First word</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Took</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>for {model}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} at {provider}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{rule}: {model}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>Activity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear filters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export CSV…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export JSON…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No request matches these filters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has passed through yet. Launch Claude Code from here to see its requests.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the last {known} requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{found} of {known} requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{known} requests since the start</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ActivityPresenter</name>
    <message>
      <source>Export the requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exporting the requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Showing the report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping the request</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>AddProvider</name>
    <message>
      <source>Add provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Aggregators</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Coding plans</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found on this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found, 1 model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found, {n} models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look for local servers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for servers on this computer…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No preset has this name. Paste the address of any provider instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other address…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers to add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search, or paste an address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something else</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Well known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>needs a key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>needs no key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>recognised: {name}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>AddressSection</name>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the address tells</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the address tells: {kind}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recognised: {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests usually go to {url}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server wants no key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use it</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Advanced</name>
    <message>
      <source>Advanced</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>AgentsCard</name>
    <message>
      <source>%s has a model already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An agent that has a model here uses it, all others that of the row “Helper agents”. Names are those of Claude Code's agents and of your own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Helper agents by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model of the new agent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the agent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Say which agent first.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Answering</name>
    <message>
      <source>Main model: {model}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{provider} is used again</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>App</name>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watching for sleep</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Attention</name>
    <message>
      <source>Close it and start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fix</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It says what happened, whose side it is on, and what you can do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: this is how a notice looks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Showing a notice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Showing notices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use another port</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} times, the last one at {time}.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>AttentionCard</name>
    <message>
      <source>Needs attention</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show {n} more</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Background</name>
    <message>
      <source>{doing} failed</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>BackupList</name>
    <message>
      <source>%1. %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove this backup model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched off</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Banner</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>Bridge</name>
    <message>
      <source>Looking for problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for recent folders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main model: {model}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pausing the routing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restarting the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resuming the routing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Route set: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Standard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping the requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undone: {words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watching the settings</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ChangeDialog</name>
    <message>
      <source>A dated copy of the file is kept beside it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another program has set {names}; turning this off restores it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Route every “claude” here?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} will be changed as shown. Nothing else in it is touched, and turning this off again undoes it.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ChoicePopOver</name>
    <message>
      <source>Nothing matches.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type to filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use “%s”</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ClaudeCard</name>
    <message>
      <source> and </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code was not found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find it by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It needs Node.js 18 or newer. Then choose Re-check; Locate… is for a Claude Code in an unusual place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Locate…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looked in {places}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for it…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Re-check</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type this into a terminal to install it:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Version {version}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found by the login shell</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found on the PATH</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>installed by its own installer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>installed with {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>named in the settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{names} in {file} sends Claude Code elsewhere.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>A request is running.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code loses its answer when the router ends now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep running in the background?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The router goes on and Claude Code keeps working; the icon in the panel opens this window again. Settings can change this later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When they finish</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} requests are running.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message>
      <source>Doing what a command wants</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder for Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launching Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The app is running with other settings. Quit it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The app is running, with its router on port {port}. Quit it first.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ConnectionTest</name>
    <message>
      <source>Change the address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Get a key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It works. {total:.1f} s in all, first word after {first:.1f} s.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model answers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reach the address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start {program}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test connection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network replaces security certificates (often company networks). Add your company's certificate in the settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The test was stopped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no key for {vendor} yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tools work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use “{model}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uses a few tokens.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your {vendor} balance is empty, or the model is not part of your plan.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} cannot use tools, which Claude Code needs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{s:.1f} s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} answered with an error. “Details” has what it said.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} can't be reached. Check the address and the network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} did not accept this key. It may be mistyped, expired or for another service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} does not answer. Try again in a while.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} has no model named “{model}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} has no model named “{model}”. Closest: “{closest}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} is not running on this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} says that there were too many requests. Wait a little.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>CopyField</name>
    <message>
      <source>Copied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy %s</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Core</name>
    <message>
      <source> *Without effect so far.*</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> Also spelled %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> for models like `%1`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>"Not from this folder."</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>"cheap nights"</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 %2 answers after %3s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 %2 is asked instead of %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 %2 switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 (%2): this answer can't be used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 Enter the key again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 It may forbid something, so nothing is sent until it is mended.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 Once more in %2 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 The file is saved, and the service goes on with the old one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 What it said before holds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 and %2 differ only in case.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 answered in words instead of using the tool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 answered, first words after %2 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be fetched</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be set here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be started</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be the name of a preset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be the name of a provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be the name of a route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be unpacked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be used: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't be written into the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 can't stand here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 changed meanwhile</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 did not accept it: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 did not keep the key of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 does not begin with a configured provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 does not hold this key here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 earlier calls of it still run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 gets the pictures itself: %2 is forbidden</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 has no conditions and takes everything before %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 has no key that could be moved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 has no model %2 in its list `models`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 holds a comma.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 holds for this %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 holds no certificates in PEM form (%2).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 holds no key %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 holds no key %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 in clear text: %2. Keys of providers can be moved with --keys-to-keyring; others can be written as $NAME.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is a Haiku model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is another or missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is left out: transformers are written in Python here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is missing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is no Claude Haiku model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is no address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is no address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is no object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is no preset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is no session</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is not safe: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is not the whole path of a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is not there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is open to other machines and there is no APIKEY: using 127.0.0.1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is there twice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is too large for a preset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 leads Claude Code elsewhere</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 leads to an address without https</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 leaves it to the rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 looks at the pictures for %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 sets %2, which wins over the router's: Claude Code may not use it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 tokens &gt; %2, the context window of %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 tokens do not fit %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 tokens, over %2 is asked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 tokens, under %2 is asked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 used the tool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 was changed since it was read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 was left as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 was not found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 would be replaced.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1%2 of the list: %3.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, and no other route is left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, so %2 may not serve it. Name a route that the rule allows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1. Mend the file, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: %2 is not set here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: %2 stands for nothing that is known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: JavaScript, and %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: nothing stands behind this reference.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: the provider is switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1:// is not accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1Add it to `models`, or correct the name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1Allowed: %2, effort:LEVEL, thinking:TYPE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1It is asked for all the same; add it to `models` when it is right.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1It is kept, but has no effect.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1It is replaced by nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1Known are: %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1There are: %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1Until it is right, nothing would be forbidden.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1Without a text it shows nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1Write the name of a route set, or a route.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1`ccr plugins list` names them all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%s; what it said before holds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(goto) 2&gt;nul &amp; del "%~f0"</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(no file)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, `%1` if not given</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, both ways</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, for example "%1,%2"</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>@echo off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A backup model took over.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A balance or a plan runs low.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A budget is nearly used, or used up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A key is not accepted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A key is written into the file only when you say so</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A key or {"key": …, "weight": …, "limit_per_minute": …} is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A key, `$VARIABLE`, or `keyring:NAME`. Servers on this machine need none, nor do transformers that sign by themselves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A list is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A list of keys is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A list of names, or of ["name", {options}], is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A list of providers is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A list of questions is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A list of rules is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A list of texts is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A module is {"type": "model", "text": "{{model}}"}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A name (red, bright_blue, bg_cyan) or #rrggbb is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A name or ["name", {options}] is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A name without slashes and special characters is needed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A new version of this program is there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A number above 0 is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A pool: keys, or `{key, weight, limit_per_minute}`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A port from 1 to 65535 is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A preset is a folder, or a ZIP of one, with a %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A provider is left alone after repeated errors.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A regular expression is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A request failed after all tries.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A service account, instead of the usual credentials.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A service without a window takes it from %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A style is {"modules": [{"type": "model"}, …]}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A text is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A text is required.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A whole number above 0 is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Access to your system's password store was refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address to listen on. Any other than this machine needs `APIKEY`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allowed is "none", for a server that wants no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allowed is %1 %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allowed is %1, for example %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allowed is %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allowed: %1 with a word behind the colon.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An object is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An object of "provider,model" is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An object of conditions is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An object of numbers is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An object of seconds is allowed: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An object of texts is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another program is writing it and does not end.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answer with a number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answer with the one word: ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answer yes or no.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answers are at most so long. A request that asks for less is left as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answers what no other rule takes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asked for: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asks for token counts in streams, of a server that is not known to give them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At least %1 is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At most %1 MiB are accepted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At most %1 files with %2 MiB together are accepted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At most %1 is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begin with { and end with }.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Between two pieces of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By folder: a route set, a route, or a list of routes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By model: `input`, `output`, `cache_read`, `cache_write`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By scenario: routes that are tried after those of `Router`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By the name of a sub-agent: its route.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CUSTOM_ROUTER_PATH is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Call the tool `report` with the word ready. Do not answer in words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Certificates in PEM form that are trusted beside the system's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check CCR_DESKTOP_HOME and the rights on that folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the network, the proxy and api_base_url.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a model that can use tools, or start the server with tool calling on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a model that can use tools: Claude Code needs them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another terminal, or open one and type the commands.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one of %1, or give a command with %2 in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one of the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code can't be opened in a terminal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code was updated to a version with known problems.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code's small tasks (Haiku).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude on Google's Vertex AI, with Google's credentials.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colours; `system` follows the desktop.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conditions that must all hold.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the path, or remove the entry.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Default terminal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Desktop is no object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Did you mean %1? </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each request with the model that answered.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter its passphrase to use your keys.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Failed before: %1 (%2): %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For the whole; nothing: no limit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From where a request is long.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gemini on Google's Vertex AI, with Google's credentials.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a folder, a ZIP, or an address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a name without a comma, a slash or a dollar sign.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a path, or an address that begins with https:// or file://.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give another with --name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give it `when`, or put it behind the other rules.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give it one of: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the path of a Python file or a program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the path of a readable file with --config.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the whole address, for example https://openrouter.ai/api/v1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the whole address, for example https://openrouter.ai/api/v1/chat/completions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HOST and PORT take effect with a restart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HTTP or SOCKS proxy for all providers but those on this machine.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headers for each request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How long Claude Code waits for an answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How long records are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much each model takes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much is logged, in any case.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Installed are: %1. `ccr preset install FILE` adds one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Instead of its second half.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Instead of the first half of the key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is a window open that asks to unlock it? Answer it and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It asks for: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It belongs into Router. Here it is kept, but has no effect.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It can't be written. %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It could not be put to use. %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It did not keep the key of %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It did not keep the key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It did not keep what was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It holds a file that would be written elsewhere. Nothing was installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It holds no JSON object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is %1. %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is %1. Keys can be kept there as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is a link to a file that is not there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is in %1, which is not ours to change.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is larger than %1 MiB.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is left out. Remove it: Claude Code finds the router without it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is left out: only the system's certificates are trusted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is made of capitals, digits and underscores. A key itself is never an argument.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is no text in UTF-8 that could be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is of another version of this program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is there, but did not do what was asked. Nothing was deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It may be mistyped, expired or for another service. `ccr keys set %1` gives it a new one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It may have been removed since.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It must match %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was changed meanwhile. Try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was changed or cut off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was moved or removed. Choose a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its models. Others can be asked for too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its name in routes; each once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its own proxy; `none`: no proxy.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep one of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kept are: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kept for claude-code-router, where it does nothing either.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key of a provider `openai`, when there is no `Providers`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key that clients must send; empty: none, and only this machine is heard.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys are encrypted in a file that only you can read. What opens it lies beside it, unless you choose a passphrase. This keeps keys out of backups of single files, of folders that are shared, and from other people who use this computer. It does not keep them from programs that run under your name, nor from somebody who has a copy of the whole disk. A passphrase helps against the latter, and is asked for at each start.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys are kept in one only after you have agreed to it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys are kept there, encrypted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys are kept there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys can be kept in a protected file on this computer, which is less safe.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys of %1 begin with %2; this one does not.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Known: %1. Own code goes into `transformers`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language; `system` follows the desktop.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave it out: routes and the client decide on it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let the image agent look at new pictures too, so that the usual model keeps the turn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Limits of the phases of a request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Limits on what is spent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Line %1 is no valid JSON (%2)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Logs are in the log folder: see `ccr logs`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the changes again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a model think that does not do it by itself, by asking for it in words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a model use tools that would rather talk: it must call one, and gets `ExitTool` for answers in words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes calls of the tool calls that GLM prints as text now and then.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mend it at that place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model that Claude Code 1 asks for in small tasks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models of other makers on Vertex AI, by its address for Chat Completions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a group of StatusLine, or one of %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Named groups that can take the place of `Router`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names have letters, digits, - and _; values have no line ends.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New pictures; and looks at older ones, for other models.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No password store</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No program may be run from %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No provider %1 is configured</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No route for the model %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Node.js was not found. Install it, or write them in Python: docs/writing-plugins.md shows how.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was changed. In the file a $ would stand for a variable.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was changed. Set it first: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was changed. Set it where this runs, or enter the key again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was changed. `ccr keys set %1` keeps one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was saved. Look at the new state and save again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On Linux, install gnome-keyring, KWallet or KeePassXC with its Secret Service switched on, and log in again. macOS and Windows have one of their own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On Windows none may have two lines.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Or set an environment variable and write its name in the configuration, for example "api_key": "$MY_KEY".</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PDF documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plan mode is active</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plugins of claude-code-router 2; `token-speed` is known.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plugins were loaded again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port to listen on. The environment variable `SERVICE_PORT` wins, `--port` beats both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Protected file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers is no list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers that may answer, whatever chose.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers that may not answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put a file with a Router there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts the options into every request. What the request has already stays, objects are merged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Python file with a `route` function that is asked first; or one of claude-code-router's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refuse with this sentence.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removes `cache_control`, for servers that refuse it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Repairs tool arguments that are not quite JSON. They arrive whole then, not piece by piece.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace it with --force, or choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report that the connection works.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests above `longContextThreshold`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests of sub-agents.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests that ask for much thinking: see `thinkWhen`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests with Anthropic's web search tool.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests would go round for ever: give the provider's own address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router.agents is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router.background is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router.default is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router.image is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router.longContext is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router.subagent is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router.think is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router.webSearch is not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routes are read in any case: give each its own name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routes are split at the first comma: leave it out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routes are written as provider,model: give a name without a comma.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routes that the tray offers as main model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run `ccr keys set %1`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run the router in a thread of its own, beside the window's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save it as UTF-8 in your editor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send the key as `Authorization: Bearer` instead of `x-api-key`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send the secret itself, $VARIABLE or keyring:NAME.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sends the limit as `max_completion_tokens`, as newer OpenAI models demand it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set %1, or write the value.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set APIKEY to listen there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set Router.default to a "provider,model" of your providers in the configuration.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set api_key, or "auth": "none" when the server wants no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sets how the model chooses its words, whatever the request says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings of the desktop app.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>So the keys cannot be read. Nothing was deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start Claude Code for a machine without a user.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start it, then ask again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start the server of %1, or correct its api_base_url.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start without a window, in the tray alone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>StatusLine is no object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switch it on again (`ccr providers resume %1`), or name a fallback.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched off: the fallbacks of its routes answer, and its models are not listed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switches the thinking of models on that have a switch for it, or off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>System terminal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes `&lt;think&gt;…&lt;/think&gt;` at the start of an answer for the thinking that it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terminal in which Claude Code starts; empty: the first that is found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text file that replaces most of Claude Code's system prompt.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The API that it serves, by a name of `docs/providers.md`, where the address does not tell: for gateways and own servers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The Claude Code program; empty: `claude` on the PATH.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The Google Cloud project, for accounts that need one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The Google Cloud project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The accounts at APIs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address of a proxy is allowed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The balance of the account is empty, or the model is not part of its plan.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The closest name is %1. %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The configuration was not changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file that opens it is gone: %1. A backup may have it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first choice works again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder %1 can't be entered.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The group in use; empty: `Router`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key of %1 is in %2 parts, and some of them are gone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key of that account.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The largest answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The last one counts; remove the others.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The later one counts; give each its own name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The new configuration could not be put to use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The only one here is a file in plain text, which is not used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The password store does not answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preset %1 belongs to claude-code-router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preset %1 can't be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preset %1 does not ask for %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preset %1 is there already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preset runs code of its own: %1. Read it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The protected file can't be opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The protected file is locked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The protected file is ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The protected file may not be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider %1 was there: it is changed, not added.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider lists this model but refuses the request: see its message.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider speaks Anthropic's own protocol: requests and answers pass through.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider speaks Chat Completions, as every one does that says nothing else.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider speaks Gemini's own protocol, as Google's address does without it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider speaks OpenAI's Responses API; an address of its Chat Completions is changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The providers are: %1. `ccr providers add %2` adds one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The region, or `global`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The request asks for %1; the providers are: %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The request asks for %1; write "provider,model".</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The request names a provider without a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The route sets are: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The router stopped by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The routes of this project or session can't be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rule %1 refuses this</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rule %1 refuses this request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service can't start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service is not running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The signs of much thinking; `any` is all that claude-code-router looked at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The system refused access to it, so the keys cannot be read. Nothing was deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The terminal %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The terminal %1 was not found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is a protected file already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is a provider %1 already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is a route set %1 already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no preset %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no protected file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no provider %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no route set %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no terminal %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no version %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These arguments can't be passed on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This Claude Code is a batch file: none may have " or % in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is no name of an environment variable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is not the passphrase of the protected file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This service has no configuration file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This system has no password store</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This terminal command can't be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This terminal command runs nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This terminal works.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Times: first words %1, all %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens are counted with %1; allowed is the type 'tiktoken'.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens are counted with %1; allowed: %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too many requests: wait a little, or raise the limit of the account.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again later, or another model with --model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>US dollars for a million tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>US dollars for a million tokens are allowed, 0 or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock it to use your keys.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until Router.default is set, %1 answers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until a connection stands.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until an answer begins.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until it has one, that of Router answers what it has no route for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until it works, the built-in rules decide.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uses Atlassian's Rovo Dev: its key is `EMAIL:API_TOKEN`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uses the sign-in of Google's Gemini CLI (`~/.gemini/oauth_creds.json`).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uses the sign-in of Qwen Code (`~/.qwen/oauth_creds.json`), where that still serves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What DeepSeek's API wants and refuses, for other addresses that serve it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What Groq's API wants and refuses, for other addresses that serve it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What OpenRouter's API wants; the options are put into every request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What `ccr statusline` shows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What changes requests and answers: `use` for all models, or by model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What closing the window does: `background` lets the router run on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it speaks; else the address tells.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What opens it is of another file, computer or user. Keys are to be entered again here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the API of Cerebras wants and refuses, for other addresses that serve it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the Vercel AI Gateway wants; the options are put into every request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the rule is called in decisions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where requests go.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the request goes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the sign-in is kept, if not in the usual place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether log files are written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which kinds of notifications are shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which model answers what.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whoever reads it has the key. Say --plain when you want that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write "%1".</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write "%1,MODEL"%2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write "%1://%2".</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write "http://HOST:PORT"; allowed are %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write "provider,model" with a provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write "provider,model".</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write %1 where the script belongs, as in "xterm -e %2".</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write a name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write a provider for it, or remove it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write an object of routes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write its name, or leave it out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the key of your account, "$VARIABLE", or "keyring:NAME".</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the name of the model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the whole path, or begin with ~.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"default": {"type": "tiktoken", "encoding": "o200k_base"}}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"field": …, "operator": …} with one of %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"id": "apiKey", …}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"input": 0.5, "output": 2}, in US dollars for a million tokens.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"model": {"input": 0.5, "output": 2}}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"name": …, "when": {…}, "route": "provider,model"}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"path": "/path/of/file.py", "options": {…}}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"target": "Providers[0].api_key", "value": "#{apiKey}"}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"use": ["name", …]}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are a file search specialist for Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are a software architect and planning specialist for Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are an agent for Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your own rules, in order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your own transformers: `{path, options}`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your system's password store failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your system's password store is locked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your system's password store is ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>["migration", "schema change"]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`%1` as asked for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`%1` in every answer with calls, empty if there is none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`%1` up to %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`ccr config check` says what is wrong.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`ccr keys set %1` keeps one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`ccr keys set %1` stores a key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`ccr preset list` shows all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`ccr providers models %1` lists the models.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`env` in it is no object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`false` switches thinking off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`json_schema` only without tools and stream</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`max_uses` of searches, in Responses requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`none` for a server that wants no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`reasoning_details` in every answer with calls</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a Bearer key on its Anthropic side</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a colon is missing behind the key %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a comma is missing%1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a comma or %1 must stand here instead of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a header of the request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a key in quotation marks must stand here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a member of the request's body, by its dotted path</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a model has no name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number above 0</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a picture is sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a route "provider,model", or a list of them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a session for its prompt cache</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a sign of thinking, as in thinkWhen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a span such as "22:00-06:00", or a list of them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a sub-agent asks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a subscriber failed on %s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text or a list of texts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a tool of this name is offered</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a value must stand here instead of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a whole number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a whole number above 0</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>add store</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>agents is no object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an empty answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an image is sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an object of names and texts, numbers, true or false</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>another process holds it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>answers are always streamed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>answers with their phase, in Responses requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>any: they go to the provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>arguments in pieces when asked for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ask again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>call "%1" %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>calls carry a signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>can't be read: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>case $code in
  0) ;;
  126|127) wait_for_enter %1' could not be run. Is Claude Code still there?' ;;
  *) wait_for_enter "Claude Code ended with code $code." ;;
esac
exit $code
</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ccr-desktop protected keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>claude-code-router 2: by which vocabulary tokens are counted, `cl100k_base` or `o200k_base`; for all models (`default`), or by model (`models`).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>configMappings: %1 does not fit what is there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>configMappings: %1 is no place in a configuration</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>custom router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>does not exist here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>earlier reasoning is kept when asked for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>echo Claude Code ended with code %ERRORLEVEL%.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>fallback routes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>fewer tokens than this are sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>for another %1 min</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>for another %1 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>for models like `%1`: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>forceUseImageAgent leaves pictures to the image agent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found %1 without a path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found %1, which is no route set.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found %1, which names no model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found %1, which names no provider.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found %1: the comma is missing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found %1; there is no such provider.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found no list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found no object.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found no text.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>found something else than texts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>goes on after its end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has no effect beside %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has no effect beside Providers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has no effect here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has no id.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has no target.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>headers of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ids of calls are `functions.NAME:NUMBER`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ids of calls have 9 letters and digits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ids of calls have at most 40 characters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>if errorlevel 1 (echo The folder can't be entered. &amp; pause &amp; goto end)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>images as data only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in the configuration file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is built in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is missing or can't be used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is missing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is no condition.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is no object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is there twice (%1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it defines no function `route(request, config)`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it exports no function (request, config).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has no conditions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is not loaded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is resumed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it raised %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>keeps `cache_control`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>key file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>key missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>key refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>listening on %s with %s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>loading it took longer than %1 s.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>log writer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>login shell</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>members of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>model unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>more tokens than this are sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no `json_schema`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no `parallel_tool_calls`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no `stream_options`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no `tool_choice`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no answer within %1 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no complete answer within %1 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no demanded tool for models that think</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no list and no object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no money</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no named tool in `tool_choice`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no other rule took %1</source>
      <translation>没有其他规则处理 %1</translation>
    </message>
    <message>
      <source>no picture is sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no picture since the last answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no request shows %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no sampling for models that reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no sign of thinking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no signs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no stop sequences</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no sub-agent asks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no sub-agent of a known name asks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no such key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no tag in the request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no temperature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no user message right after results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no web search among the tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nobody knows in which folder the client works</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none needed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none of %1 in the request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not needed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not tried</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing while routeSets is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>npm install -g @anthropic-ai/claude-code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of the preset %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one is stored: write %1%2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one stop sequence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>presets %1: see them with `ccr preset list`, use one with `ccr preset apply %2`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>printf '%s' '%1 Press Enter to close it. '; read -r _; exit 0</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>projects is no object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>prompt is too long: %1 tokens &gt; %2 maximum</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reasoning goes back with every answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reasoning is not sent back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reasoning of others as `%1`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>returned %1; it takes "provider,model" of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>returned what can't be read: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>roles alternate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>routing goes on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>routing is paused %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>routing is paused until %1: the default route answers everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rules have no such member.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>server plugin %1: it %2; nothing is to be done for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>set "%1=%2"</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>set "PATH=%PATH%;%1"</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>set aside</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>several keys in the configuration file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>still running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>stopping; running requests may end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>system messages anywhere</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>temperatures from {:g} to {:g}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the %1 that belongs to this %2 is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the OPENAI_… settings, as a provider named openai</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the answer broke off (%1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the answer is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the built-in configuration</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the careful facts, for servers that nobody knows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the client asks for the route %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the client sends a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the client wants %1 stream</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the client wants a stream</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the client works in %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the configuration %1 can't be used, the old one stays: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the configuration %1 is in force%2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the configuration could not be watched</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the custom router failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the dialect %1 is not part of this version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the environment variable %1 is not set.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file goes on behind its end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is not text in %1 (line %2).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is not valid JSON5: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file must hold an object.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the folder that is worked in, or one above</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the header %1 is another</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the headers %1 fit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key begins with the word Bearer, which is added when it is sent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key holds a line end or a character that no key has.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key holds a space.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key in `api-key`</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key of %1, which goes to the keyring</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the login shell</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the message contains %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the message contains none of the words</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the model is %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the model that the client asks for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the name of the sub-agent, where it can be known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the new configuration could not be put to use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the path of a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the request names %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the request shows %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the router itself listens there (%1:%2).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the service was started already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the session's last prompt had %1 tokens &gt; %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the status line (Claude Code must call `ccr statusline`)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the sub-agent %1 asks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the sub-agent %1 has no route of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the sub-agent is %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the tag has no end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the tag in the prompt names %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the tag names %1, which no provider serves</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the time is not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the time of day here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the tool %1 is offered</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the tool %1 was called</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the tools offered are %1%2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the whole body is smaller than %1 tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the word to report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no API %1 in the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no colour %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no file %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no header %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no placeholder {{%1}}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no plugin %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no style %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such condition.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such model in `models`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such scenario.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such setting at this place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such setting, and it holds rules that forbid.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such setting.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no transformer %1; it has no effect.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no type %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>thinking by `%1`%2%3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>thinking in `&lt;think&gt;` tags</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this comment has no end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is a placeholder and no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is an address and no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is nested too deeply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is no address of a proxy.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is no header.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is no object.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is no plain file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is not the whole path of a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this key is empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this rule does nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this text has no closing quotation mark on its line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this value needs quotation marks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>tokenizers of the type %1 are not part of this version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>too many requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>took longer than %1 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>true or false</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unknown members are refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>until it is resumed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>usage leaves reasoning out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>use file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>web search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what is sent contains %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what is sent contains none of the words</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>words in the text of the last user message, in any case</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>| Condition | Holds when | Value | Example |</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>| Name | Does | Options | In a chain |</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>| Profile | What differs from plain Chat Completions |</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>CrashNews</name>
    <message>
      <source>Copy report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something in CCR Desktop failed: {title}. The router goes on.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Dialogs</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>Disclosure</name>
    <message>
      <source>Advanced</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FavouritesCard</name>
    <message>
      <source>Add a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models that the tray offers for the main work, in this order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quick choices</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Figures</name>
    <message>
      <source>just now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>yesterday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} days ago</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} h ago</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} min ago</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FilesPresenter</name>
    <message>
      <source>Looking at the files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restored the settings of {name}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FilterPicker</name>
    <message>
      <source>Choose…</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FilterRow</name>
    <message>
      <source>All kinds of work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answered</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On a backup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FirstDayCard</name>
    <message>
      <source>First steps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the set-up assistant</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done} of {all} done</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FirstSteps</name>
    <message>
      <source>Add a provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Four short checks: address, key, model and tools.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In a folder of yours, answered by your models.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service or program that answers, such as DeepSeek or Ollama.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which model does the main work, and which the small jobs.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FixCard</name>
    <message>
      <source>(can't be read)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of a plugin, or not known here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove {name}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FixOptions</name>
    <message>
      <source>Options, as JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is no JSON object. Write {"name": value, …}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>for example {value}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FixesSection</name>
    <message>
      <source>Add a fix</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a fix…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compatibility fixes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fixes for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Known providers need none: their peculiarities are known.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} ({n})</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FormPresenter</name>
    <message>
      <source>Add provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add {vendor}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Discard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Discard what you have entered?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep editing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The changes on this form are not saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key was not stored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This one needs no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key store</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>HeadersSection</name>
    <message>
      <source>Add header</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Health</name>
    <message>
      <source>OK</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>asks to wait until {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>balance is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>key not accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not allowed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not used yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>service trouble</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>slow, {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>switched off</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Help</name>
    <message>
      <source>A backup model took over.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A balance or a plan runs low.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A budget is nearly used, or used up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A key is not accepted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A key, `$VARIABLE`, or `keyring:NAME`. Servers on this machine need none, nor do transformers that sign by themselves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A new version of this program is there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A pool: keys, or `{key, weight, limit_per_minute}`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A provider is left alone after repeated errors.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A request failed after all tries.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A service account, instead of the usual credentials.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address to listen on. Any other than this machine needs `APIKEY`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answers are at most so long. A request that asks for less is left as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answers what no other rule takes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asks for token counts in streams, of a server that is not known to give them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Between two pieces of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By folder: a route set, a route, or a list of routes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By model: `input`, `output`, `cache_read`, `cache_write`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By scenario: routes that are tried after those of `Router`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By the name of a sub-agent: its route.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Certificates in PEM form that are trusted beside the system's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code was updated to a version with known problems.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code's small tasks (Haiku).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude on Google's Vertex AI, with Google's credentials.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colours; `system` follows the desktop.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conditions that must all hold.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each request with the model that answered.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For the whole; nothing: no limit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From where a request is long.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gemini on Google's Vertex AI, with Google's credentials.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HTTP or SOCKS proxy for all providers but those on this machine.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headers for each request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How long Claude Code waits for an answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How long records are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much each model takes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much is logged, in any case.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Instead of its second half.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Instead of the first half of the key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its models. Others can be asked for too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its name in routes; each once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its own proxy; `none`: no proxy.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kept for claude-code-router, where it does nothing either.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key of a provider `openai`, when there is no `Providers`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key that clients must send; empty: none, and only this machine is heard.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language; `system` follows the desktop.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let the image agent look at new pictures too, so that the usual model keeps the turn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Limits of the phases of a request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Limits on what is spent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a model think that does not do it by itself, by asking for it in words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a model use tools that would rather talk: it must call one, and gets `ExitTool` for answers in words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes calls of the tool calls that GLM prints as text now and then.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model that Claude Code 1 asks for in small tasks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models of other makers on Vertex AI, by its address for Chat Completions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Named groups that can take the place of `Router`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New pictures; and looks at older ones, for other models.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plugins of claude-code-router 2; `token-speed` is known.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port to listen on. The environment variable `SERVICE_PORT` wins, `--port` beats both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers that may answer, whatever chose.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers that may not answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts the options into every request. What the request has already stays, objects are merged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Python file with a `route` function that is asked first; or one of claude-code-router's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refuse with this sentence.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removes `cache_control`, for servers that refuse it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Repairs tool arguments that are not quite JSON. They arrive whole then, not piece by piece.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests above `longContextThreshold`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests of sub-agents.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests that ask for much thinking: see `thinkWhen`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests with Anthropic's web search tool.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routes that the tray offers as main model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run the router in a thread of its own, beside the window's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send the key as `Authorization: Bearer` instead of `x-api-key`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sends the limit as `max_completion_tokens`, as newer OpenAI models demand it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sets how the model chooses its words, whatever the request says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings of the desktop app.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start Claude Code for a machine without a user.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start without a window, in the tray alone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched off: the fallbacks of its routes answer, and its models are not listed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switches the thinking of models on that have a switch for it, or off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes `&lt;think&gt;…&lt;/think&gt;` at the start of an answer for the thinking that it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terminal in which Claude Code starts; empty: the first that is found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text file that replaces most of Claude Code's system prompt.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The API that it serves, by a name of `docs/providers.md`, where the address does not tell: for gateways and own servers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The Claude Code program; empty: `claude` on the PATH.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The Google Cloud project, for accounts that need one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The Google Cloud project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The accounts at APIs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first choice works again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The group in use; empty: `Router`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key of that account.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The largest answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider speaks Anthropic's own protocol: requests and answers pass through.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider speaks Chat Completions, as every one does that says nothing else.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider speaks Gemini's own protocol, as Google's address does without it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider speaks OpenAI's Responses API; an address of its Chat Completions is changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The region, or `global`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The router stopped by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The signs of much thinking; `any` is all that claude-code-router looked at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until a connection stands.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until an answer begins.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uses Atlassian's Rovo Dev: its key is `EMAIL:API_TOKEN`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uses the sign-in of Google's Gemini CLI (`~/.gemini/oauth_creds.json`).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uses the sign-in of Qwen Code (`~/.qwen/oauth_creds.json`), where that still serves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What DeepSeek's API wants and refuses, for other addresses that serve it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What Groq's API wants and refuses, for other addresses that serve it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What OpenRouter's API wants; the options are put into every request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What `ccr statusline` shows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What changes requests and answers: `use` for all models, or by model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What closing the window does: `background` lets the router run on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it speaks; else the address tells.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the API of Cerebras wants and refuses, for other addresses that serve it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the Vercel AI Gateway wants; the options are put into every request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the rule is called in decisions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where requests go.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the request goes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the sign-in is kept, if not in the usual place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether log files are written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which kinds of notifications are shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which model answers what.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your own rules, in order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your own transformers: `{path, options}`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`false` switches thinking off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>`none` for a server that wants no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>claude-code-router 2: by which vocabulary tokens are counted, `cl100k_base` or `o200k_base`; for all models (`default`), or by model (`models`).</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>HomePage</name>
    <message>
      <source>Home</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>HomePresenter</name>
    <message>
      <source>Launching Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting in place of the other service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting on another port</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Key</name>
    <message>
      <source>Asking for the models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Continue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Testing…</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeyField</name>
    <message>
      <source>Add {other} instead</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter passphrase…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Get a key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How to add one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep it elsewhere…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the file aside…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This looks like a key of {other}, but you are adding {vendor}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use a protected file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use anyway</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeyKeeper</name>
    <message>
      <source>Enter the passphrase of the protected file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How to add a password store</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is kept under another name, and the keys in it can't be used meanwhile. Keys that you enter from now on go into your system's password store.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking at the store of keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening the store of keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set aside</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the protected file aside?</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeyMenu</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Keep it in {store}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moved the key of {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the variable, then start the app again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key stays in the key store until then. In a terminal:

{lines}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use an environment variable…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whoever can read the file has the key then: other programs, backups, and everybody whom you send it to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write it into the configuration file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the key into the configuration file?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key store</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeyView</name>
    <message>
      <source>Connection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter another key instead of {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If {title} wants a key, enter it. It is tested before it is stored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One that the test can ask; others follow.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use {name} from your environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{title} needs no key. Let us see whether it answers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{title} wants a key. It is tested before anything is stored.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeysPresenter</name>
    <message>
      <source>Asking the password store</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changing where keys are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is kept under another name, with the keys in it. Until you enter your keys again, providers that need one do not work.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is now {path}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep keys in a protected file?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move all keys to a protected file?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move all keys to the system's password store?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Optional. Nobody can tell it to you when you have forgotten it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Passphrase of the protected file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set it aside</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set it where the app starts, then start the app again: {lines}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the protected file aside?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the key of {name} from the environment?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key can still be read in {files}. Delete what you do not need.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The old place did not let go of these: {names}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The protected file is removed once every key can be read there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The settings file then names the variable {variable}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whoever reads the file has the key: also backups and syncing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the key of {name} into the settings file?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your keys are in it. The passphrase is kept until the app ends.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KindsCard</name>
    <message>
      <source> tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conversations are long over so many tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show by Claude model name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes over from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which model does which work</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Launch</name>
    <message>
      <source>Choosing a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code is open in {name}. Ask it something there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code was not found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code {version} is here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder to work in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It works: your first request used {model} and took {seconds:.1f} s.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launching Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first request failed: {error}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting for the first request. You can also finish, and start later.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LaunchPage</name>
    <message>
      <source>Launch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Typed into any terminal, these do the same:</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LaunchPresenter</name>
    <message>
      <source>Add a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adding a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changing the launch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forgetting the folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launching Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for sessions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{folder} uses the route set in use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{folder} uses the route set {name}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LaunchRows</name>
    <message>
      <source>(no text)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First request failed: {error}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First request: used {model}, {seconds} s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Started; waiting for its first request…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Today {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Yesterday {time}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LaunchView</name>
    <message>
      <source>Check again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder to work in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for Claude Code…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for a terminal…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No terminal was found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open Claude Code in a folder of yours, and ask it something.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start at login</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The router is there before you need it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This command installs it; then check again:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This desktop has no tray. Open the window again from the list of programs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} opens it</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModelRowView</name>
    <message>
      <source>Add a backup model for %s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backup models of %s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear %s</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Models</name>
    <message>
      <source>As it is in your settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asking for the models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asking {title} for its models…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save and continue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up {title}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The list could not be had ({why}); these models are usual there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the models</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModelsLoader</name>
    <message>
      <source>Give the address of the provider first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loading the models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the provider</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModelsSection</name>
    <message>
      <source>Add “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asking {vendor} for its models…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Load list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search, or type the name of a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider lists no models. Type a name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} models. Tick those that you want to use.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModelsView</name>
    <message>
      <source>Background jobs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Long conversations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which model does what. Other kinds of work, backup models and rules are on the page Routes, whenever you like.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>NameDialog</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Page {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pages</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>NetworkSection</name>
    <message>
      <source>Network proxy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seconds between two pieces of it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seconds for the whole answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seconds until a connection stands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seconds until an answer begins</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>as for all providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>http://, https:// or socks5://; “none” goes without one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no limit</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>NoticeWords</name>
    <message>
      <source>A request to {vendor} failed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An update is ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Background work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code could not be started</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep using</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mute for 1 h</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notifications are blocked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open Costs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: a request failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: back to normal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: balance is low</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: key not accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: models in use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: more happened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: provider paused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: using a backup model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: {count} requests failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Router: {level} % of {period} budget</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show why</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Some notices were held back. All of them are in “Needs attention”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switch to a cheaper model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The balance at {vendor} is empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The last one: {cause}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The router stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The system shows no notices of CCR Desktop. They are listed here instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Thinking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This version of Claude Code has known problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Version {version} can be installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Version {version}: {problem}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Web search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Work on long conversations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Work on pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{cause} No other model could take over.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{cause} {work} now uses {model}. It will switch back by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{reason} Claude Code gets no answers until it runs again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{spent:.2f} of {limit:.2f} {currency} used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} answers again. {model} is in use as before.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} asks to wait: too many requests.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} could not be reached, or broke off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} did not accept the key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} did not allow a request with this key. Check what the key may do, or enter another one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} did not allow it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} did not answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} has no model named “{model}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} has trouble with its service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} is answering too slowly.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} is overloaded.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} is paused after repeated errors. {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor} refused the key. Requests to it will fail until you enter a new one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{vendor}: less than {level} % left{window}.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>NowCard</name>
    <message>
      <source>Last request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model is chosen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routing is paused until {time}: everything goes to the main model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routing is paused: everything goes to the main model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the last request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Standard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The demo answers. Add a provider to get real answers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{backup} ({provider}) as a backup for {model}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OptionsDialog</name>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arguments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code gets them with each launch.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch in {folder}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routes of its own: {routes}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The one in use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What routes requests from this folder, whichever set is in use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} (not there)</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Outcome</name>
    <message>
      <source>Answered</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Balance is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Broke off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key not accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not allowed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not reached</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On a backup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overloaded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Service trouble</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too long</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too many requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too slow</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OwnLaunchesCard</name>
    <message>
      <source>Also route my normal “claude” command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another program has changed a part of what was written to {file}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another program leads claude to {address}, by {file}. Turning this on replaces that; turning it off puts it back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For launches from here, by a settings file of the app's own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off: a claude that you start yourself goes where it always went. Turning this on shows the change of {file} first, and can be undone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On: {file} leads every claude to this router.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Review changes…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the model in Claude Code's status line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address or the key of this router has changed since {file} was written.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Activity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Home</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set-up assistant</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
  </context>
  <context>
    <name>Passphrase</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Passphrase</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PassphraseDialog</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Passphrase</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Passphrase (may stay empty)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Protected file for keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use a protected file</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PoolSection</name>
    <message>
      <source>Add key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extra keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key {n}, in the configuration file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Per minute</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Requests are shared out among these keys and the one above, by their shares. One that was refused, or has used up its requests of this minute, rests.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no limit</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PortChange</name>
    <message>
      <source>Claude Code is led there by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking at the port</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for a free port</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port} is used by {holder}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This start was told another port, which beats the settings file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use {port}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>another program</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PortChoice</name>
    <message>
      <source>Another port counts than that of the settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This start was told a port by --port or SERVICE_PORT. Start without it.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Prober</name>
    <message>
      <source>Testing the connection</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProjectsCard</name>
    <message>
      <source>Add folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arguments and route set…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Continue last</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop a folder here, or choose one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Projects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start new</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Provider</name>
    <message>
      <source>Continue</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProviderForm</name>
    <message>
      <source>Back to the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving…</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProviderView</name>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of any server that speaks OpenAI's or Anthropic's language.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who shall answer? You can add others later.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Providers</name>
    <message>
      <source>1 model, not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A name holds no comma and no slash.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Added {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Balance empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Demo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter the key. A server that wants none is said to be so under Advanced.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the address of the provider.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the provider a name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key not accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs attention</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not answering</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not used yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OK</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Slow</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The options of a fix can't be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is a provider of this name already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tick at least one model, or type its name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too many requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trouble</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>environment variable {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>key: {place}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>needs no key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no models chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the configuration file, readable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{models} and {n} more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} models, none in use</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProvidersCard</name>
    <message>
      <source>Providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>and {n} more</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProvidersList</name>
    <message>
      <source>Add provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No providers yet. A provider is the service or program that answers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The demo answers until there is a provider.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProvidersPresenter</name>
    <message>
      <source>Changed the order of the providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicated {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking at the store of keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for local servers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No server of models answers on this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paused {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removed {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resumed {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key store</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Punctuation</name>
    <message>
      <source>.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Reach</name>
    <message>
      <source>Changing who reaches the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every device in your network that has the client key can then use your providers, at your cost. What it sends is not encrypted on its way. Do this only in a network that you trust.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let other devices use the router?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only programs on this computer are heard.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only this computer reaches the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other devices reach the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The client key can't be kept. {problem}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They use http://{name}:{port} and the client key.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RecentCard</name>
    <message>
      <source>All projects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Continue the last session</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch Claude Code here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recent projects</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ReportDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report about a request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Secrets removed. It has no text of the conversation and no folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The report</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RequestDetails</name>
    <message>
      <source>Asked for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Began</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy report…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details of the request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First word</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rules that did not apply: {n}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Took</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who was asked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Why this model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{into} in, {out} out, {cached} cached</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RequestTable</name>
    <message>
      <source>Requests</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Restarts</name>
    <message>
      <source>Restart it now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restart the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes effect when CCR Desktop is started again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The router still listens on {address}. With a restart the new one counts.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Routes</name>
    <message>
      <source>${input} in, ${output} out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, then </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A larger model in the row “{row}” would take it as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A model named in the prompt</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A model of yours by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add to its list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backup models: {models}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code would shorten the conversation and ask again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Decided by: {rule}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Helper agent by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In no list: ask for it all the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It asks for none of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is too long for the model ({sizes}), and no other may take it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It would be refused.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models that hold more: {models}, and {count} others.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models that hold more: {models}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No backup model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of your models is known to hold more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not chosen: {model} answers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is chosen for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One rule of your own comes first. It is edited in the file for now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures for other models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routing is paused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Same as in {set} ({model})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Same as {kind} ({model})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings of the folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size: not counted, since nothing depends on it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size: {tokens} tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Standard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switch on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Then {models}, from the setting “fallback” of the file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too small</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your own router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your rule “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>free</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} rules of your own come first. They are edited in the file for now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} from {provider} would answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} holds {size} tokens only, less than the number above.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is not in the list of {provider}. It is asked for all the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{provider} (switched off)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{provider} is switched off, so {model} is left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{provider}, missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{size}, too small</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{provider}” is not among your providers.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RoutesPage</name>
    <message>
      <source>Add a provider first. Then choose which model does which work.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove missing models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which model does which work. A change counts from the next request on, and can be undone.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RoutesPresenter</name>
    <message>
      <source>Added {model} to {provider}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed the quick choices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conversations are long over {tokens} tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removed missing models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched on {provider}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The settings file has errors, so the last good settings are in force. This is what the file says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cleared</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{row}: {model}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RowList</name>
    <message>
      <source>Move down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move up</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RunningCard</name>
    <message>
      <source>Running now: {n}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>and {n} more</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RunningLine</name>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop the request to {model}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>first word after {first}, {elapsed} so far</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>waiting for the first word, {elapsed}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Clear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Paste</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show while held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored in: %s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored. Type to replace it.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Service</name>
    <message>
      <source>A program that the system does not name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CCR Desktop already runs on port {port}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>End it where it was started, or use another port.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It no longer answers at its address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was started again {times} times. The last problem: {problem}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port} is in use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The other service does not stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service can't start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service ended and starts again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service keeps ending</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{holder} holds it. End that program, or use another port.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{holder} serves there and can't be stopped. Use another port.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{holder} serves there. Take over from it, or use another port.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{problem}. This is a mistake in CCR Desktop; the log says more.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SessionPicker</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code has no sessions of this folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No session begins like this.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the sessions…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume a session</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search sessions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sessions</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SetsBar</name>
    <message>
      <source>In force</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not in force</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other routes under a name, such as “Offline”, to switch to here or in the tray</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove this set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename this set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Route set that is shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use this set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in force</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SetsPresenter</name>
    <message>
      <source>Create</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New route set: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the route set {name}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removed the route set {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removing a route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename the route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Renamed {old} to {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Renaming a route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These folders use it, and follow the set in force from then on: {folders}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Settings</name>
    <message>
      <source>A thread of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Advanced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Appearance</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asking the password store…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes that you make there show here at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Client key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closing the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Earlier versions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter passphrase…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Four in an hour at most, and none in the first hour after the installation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Free port</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How to add one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In the environment variable {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In use: {store}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In {store}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys of your providers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light and dark can follow the system.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Logs and reports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move all to a protected file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move all to the system's password store…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to the key store</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No providers yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None yet: one is kept before every change.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None. Nothing failed so far.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the folder of the logs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the system's settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other devices have to send it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quitting ends the router as well.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reach from other devices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Readable in the settings file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reports of failures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reports say what failed in CCR Desktop, without keys and without requests.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restart the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Right-click one, or point at it, to move its key. Keys are entered at Providers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the file aside…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Several keys in the settings file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show in folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show one now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start and close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start at login</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start hidden</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take from an environment variable…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The last twenty. Restoring one can be undone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The system shows no notifications of CCR Desktop. Allow them in the system's settings, or end its do-not-disturb. Until then they are listed on Home.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until then in force, {size}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use a protected file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What you are told</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where keys are kept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write into the settings file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key store</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Sections of the settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
  </context>
  <context>
    <name>SizesSection</name>
    <message>
      <source>Add memory size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add price</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cache read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cache write</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory size (tokens)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only for models whose size is not known: the provider's list tells most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Prices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>US dollars for a million tokens.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>name, or * for all</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SplitButton</name>
    <message>
      <source>More ways: %s</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StartAtLogin</name>
    <message>
      <source>Another copy of CCR Desktop, or one that was moved, starts at login.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asking about the start at login</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changing the start at login</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Entered, but held back in the system's own settings. Switching it on lifts that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start this one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The router is there before you need it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The start at login could not be changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The system does not tell: {error}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The system says: {error}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The system starts it at each login, without its window.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>Address of the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Demo: add a provider to get real answers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main: {model}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main: {model} (backup)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running on a backup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running with problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running, routing paused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StepPresenter</name>
    <message>
      <source>Continue</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Surroundings</name>
    <message>
      <source>A part was left as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another program has changed {names} since.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changing the settings of Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code is found by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Claude Code is {path}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Locating Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking at the settings of Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for terminals</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No program opens this file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening it…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status line off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status line on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terminal: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trying the terminal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where is Claude Code?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>automatic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} was started, but has run nothing. Choose another one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} works.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SwitchRow</name>
    <message>
      <source>{title}: off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{title}: on</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TerminalCard</name>
    <message>
      <source>A command of your own…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No terminal was found here. Name a command of your own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terminal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first one found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {script} where the script belongs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} (not found)</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TodayCard</name>
    <message>
      <source>Requests</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Since the app was started at {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{all}, {failed} of them failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{into} in, {out} out, {cached} from the cache</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message>
      <source>1 hour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 thing needs attention</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>15 minutes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A bar with a tray, such as Waybar, shows it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A panel with a system tray shows it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch Claude Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look under the arrow at the clock; it can be dragged out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main: {model}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main: {model} (backup)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New in {folder}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On GNOME the extension “AppIndicator and KStatusNotifierItem Support” adds it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On Plasma add the widget “System Tray” to a panel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On Xfce add “Status Tray Plugin” to the panel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On a backup model, {address}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open CCR Desktop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other items of the menu bar may have taken its room.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause routing for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reopen this window from the list of applications.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume routing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Route set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Routing paused, on {address}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running on {address}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running with problems on {address}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings…</source>
      <translation>设置…</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This desktop shows no tray icon.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until I resume</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} things need attention</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TrialForm</name>
    <message>
      <source> tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A helper agent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As usual</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Effort: high</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Effort: highest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Effort: low</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Effort: medium</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Effort: very high</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Like a past request…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main conversation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model that is asked for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste or type what would be asked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plan mode</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size at least</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text of the request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That of the text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Thinking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What Claude Code asks for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who asks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With web search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“ultrathink”</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TrialPresenter</name>
    <message>
      <source>As at {time}: its kind, model, size and folder. What was said is not kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choosing a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder that is worked in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has passed through since this app was started.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trying it out</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Troubles</name>
    <message>
      <source> ({count} more)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A change from this window writes the file anew, without them. The file as it is now is kept among the earlier versions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An older copy of the router is still running. Close it and start again?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change it anyway</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close and start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Earlier versions…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for a free port</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port} is used by {program}. Use {free} instead?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting the router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The settings file can't be used: {problem} {rest}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The settings from before serve on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until it is mended, the built-in settings count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use {port}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your settings file has comments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>another program</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TryIt</name>
    <message>
      <source>Try it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which model would answer, and why. Nothing is sent.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>UndoToast</name>
    <message>
      <source>&amp;Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>VariableDialog</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Environment variable with the key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key is read from this variable when the app starts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use it</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Welcome</name>
    <message>
      <source>Continue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for what is there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taking over what was found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Took over what was found</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WelcomeView</name>
    <message>
      <source>Found on this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In a few minutes Claude Code works with the models that you choose. Nothing is written before you agree, and each step can be skipped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for what you have already…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs you, when you have time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was found on this computer that could be taken over.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is ticked is taken over. The old settings stay as they are.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Wizard</name>
    <message>
      <source>1 model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 needs you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 thing taken over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A provider, or a server in your network, that is not in this list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A small, quick one, by its name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close, and go on later</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Continue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Holds {size} tokens, more than the others.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In your settings of claude-code-router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys in your environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys stand in clear text in the settings. On the page Settings, Keys, they can be moved to the password store.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Launch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs a key. Costs by use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs a key. One account for models of many makers; costs by use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs a plan with a fixed price a month, and its key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs no key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running on this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Runs on this computer. Needs no key and costs nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up CCR Desktop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Step {number} of {count}: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first one that {vendor} lists.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The only one that {vendor} has.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same as for the main work.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same as for the main work: it holds {size} tokens.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The usual choice at {vendor}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Welcome</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} need you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} things taken over</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WizardPresenter</name>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finish without</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skip</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Work</name>
    <message>
      <source>Background jobs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chosen by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Helper agent by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Helper agents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Long conversations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model named by a helper agent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not decided</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Own router</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Own rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause of the routing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rule “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings of the project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings of the session</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Thinking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Web search</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>_Line</name>
    <message>
      <source>Ignore for a week</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>_Step</name>
    <message>
      <source>passed over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>takes it</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>_StepLine</name>
    <message>
      <source>done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>to do</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
