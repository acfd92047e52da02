<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>AboutCard</name>
    <message>
      <source>Free software under the MIT licence, by its own developers: no part of it comes from Anthropic or from another provider.</source>
      <translation>采用 MIT 许可证的自由软件，由独立开发者编写：没有任何部分来自 Anthropic 或其他提供商。</translation>
    </message>
  </context>
  <context>
    <name>Activity</name>
    <message>
      <source>Asked once more after {time}.</source>
      <translation>{time}后再试了一次。</translation>
    </message>
    <message>
      <source>Cached</source>
      <translation>缓存</translation>
    </message>
    <message>
      <source>First word</source>
      <translation>首字</translation>
    </message>
    <message>
      <source>Kind of work</source>
      <translation>工作类型</translation>
    </message>
    <message>
      <source>Left out, since it was refused: {parts}</source>
      <translation>因被拒绝而省略：{parts}</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>项目</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Tokens in</source>
      <translation>输入令牌</translation>
    </message>
    <message>
      <source>Tokens out</source>
      <translation>输出令牌</translation>
    </message>
    <message>
      <source>Took</source>
      <translation>用时</translation>
    </message>
    <message>
      <source>for {model}</source>
      <translation>用于 {model}</translation>
    </message>
    <message>
      <source>{model} at {provider}</source>
      <translation>{provider} 的 {model}</translation>
    </message>
    <message>
      <source>{rule}: {model}</source>
      <translation>{rule}：{model}</translation>
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>1 request since the start</source>
      <translation>启动以来 1 个请求</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>活动</translation>
    </message>
    <message>
      <source>Clear filters</source>
      <translation>清除筛选</translation>
    </message>
    <message>
      <source>Export CSV…</source>
      <translation>导出 CSV…</translation>
    </message>
    <message>
      <source>Export JSON…</source>
      <translation>导出 JSON…</translation>
    </message>
    <message>
      <source>Launch</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>No request matches these filters.</source>
      <translation>没有请求符合这些筛选条件。</translation>
    </message>
    <message>
      <source>Nothing has passed through yet. Launch Claude Code from here to see its requests.</source>
      <translation>还没有请求经过。从这里启动 Claude Code 即可看到它的请求。</translation>
    </message>
    <message>
      <source>the last {known} requests</source>
      <translation>最近 {known} 个请求</translation>
    </message>
    <message>
      <source>{found} of {known} requests</source>
      <translation>{known} 个请求中的 {found} 个</translation>
    </message>
    <message>
      <source>{known} requests since the start</source>
      <translation>启动以来 {known} 个请求</translation>
    </message>
  </context>
  <context>
    <name>ActivityPresenter</name>
    <message>
      <source>Export the requests</source>
      <translation>导出请求</translation>
    </message>
    <message>
      <source>Exporting the requests</source>
      <translation>导出请求</translation>
    </message>
    <message>
      <source>Showing the report</source>
      <translation>显示报告</translation>
    </message>
    <message>
      <source>Stopping the request</source>
      <translation>停止该请求</translation>
    </message>
  </context>
  <context>
    <name>AddProvider</name>
    <message>
      <source>Add provider</source>
      <translation>添加提供商</translation>
    </message>
    <message>
      <source>Aggregators</source>
      <translation>聚合服务</translation>
    </message>
    <message>
      <source>Back to the list</source>
      <translation>返回列表</translation>
    </message>
    <message>
      <source>Coding plans</source>
      <translation>编程套餐（包月）</translation>
    </message>
    <message>
      <source>Found on this computer</source>
      <translation>在这台电脑上找到</translation>
    </message>
    <message>
      <source>Found, 1 model</source>
      <translation>已找到，1 个模型</translation>
    </message>
    <message>
      <source>Found, {n} models</source>
      <translation>已找到，{n} 个模型</translation>
    </message>
    <message>
      <source>Look for local servers</source>
      <translation>查找本地服务器</translation>
    </message>
    <message>
      <source>Looking for servers on this computer…</source>
      <translation>正在查找这台电脑上的服务器…</translation>
    </message>
    <message>
      <source>No preset has this name. Paste the address of any provider instead.</source>
      <translation>没有叫这个名字的预设。可改为粘贴任意提供商的地址。</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>在这台电脑上</translation>
    </message>
    <message>
      <source>Other address</source>
      <translation>其他地址</translation>
    </message>
    <message>
      <source>Other address…</source>
      <translation>其他地址…</translation>
    </message>
    <message>
      <source>Providers to add</source>
      <translation>可添加的提供商</translation>
    </message>
    <message>
      <source>Search, or paste an address</source>
      <translation>搜索，或粘贴地址</translation>
    </message>
    <message>
      <source>Something else</source>
      <translation>其他服务</translation>
    </message>
    <message>
      <source>Well known</source>
      <translation>知名服务</translation>
    </message>
    <message>
      <source>needs a key</source>
      <translation>需要密钥</translation>
    </message>
    <message>
      <source>needs no key</source>
      <translation>不需要密钥</translation>
    </message>
    <message>
      <source>recognised: {name}</source>
      <translation>已识别：{name}</translation>
    </message>
  </context>
  <context>
    <name>AddressSection</name>
    <message>
      <source>API behind the address</source>
      <translation>该地址背后的 API</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>As the address tells</source>
      <translation>按地址判断</translation>
    </message>
    <message>
      <source>As the address tells: {kind}</source>
      <translation>按地址判断：{kind}</translation>
    </message>
    <message>
      <source>For gateways and own servers whose address does not tell.</source>
      <translation>用于地址无法说明 API 的网关和自己的服务器。</translation>
    </message>
    <message>
      <source>Kind of service</source>
      <translation>服务类型</translation>
    </message>
    <message>
      <source>Recognised: {name}.</source>
      <translation>已识别：{name}。</translation>
    </message>
    <message>
      <source>Requests usually go to {url}.</source>
      <translation>请求通常发往 {url}。</translation>
    </message>
    <message>
      <source>The server wants no key</source>
      <translation>服务器不需要密钥</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>使用它</translation>
    </message>
  </context>
  <context>
    <name>Advanced</name>
    <message>
      <source>Advanced</source>
      <translation>高级</translation>
    </message>
  </context>
  <context>
    <name>AgentsCard</name>
    <message>
      <source>%s has a model already.</source>
      <translation>%s 已经有模型了。</translation>
    </message>
    <message>
      <source>An agent that has a model here uses it, all others that of the row “Helper agents”. Names are those of Claude Code's agents and of your own.</source>
      <translation>这里有模型的子智能体使用该模型，其他的使用“子智能体”一行的模型。名称可以是 Claude Code 自带的，也可以是你自己的子智能体的。</translation>
    </message>
    <message>
      <source>Choose a model…</source>
      <translation>选择模型…</translation>
    </message>
    <message>
      <source>Helper agents by name</source>
      <translation>按名称指定的子智能体</translation>
    </message>
    <message>
      <source>Its model</source>
      <translation>它的模型</translation>
    </message>
    <message>
      <source>Model of the new agent</source>
      <translation>新智能体的模型</translation>
    </message>
    <message>
      <source>Name of the agent</source>
      <translation>智能体的名称</translation>
    </message>
    <message>
      <source>Say which agent first.</source>
      <translation>请先填写是哪个智能体。</translation>
    </message>
  </context>
  <context>
    <name>AgentsPresenter</name>
    <message>
      <source>Looking for agents</source>
      <translation>查找智能体</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Rename the agent</source>
      <translation>重命名智能体</translation>
    </message>
    <message>
      <source>Renamed {old} to {name}</source>
      <translation>已将 {old} 重命名为 {name}</translation>
    </message>
    <message>
      <source>Renaming an agent</source>
      <translation>重命名智能体</translation>
    </message>
  </context>
  <context>
    <name>Answering</name>
    <message>
      <source>Main model: {model}</source>
      <translation>主模型：{model}</translation>
    </message>
    <message>
      <source>{provider} is used again</source>
      <translation>重新使用 {provider}</translation>
    </message>
    <message>
      <source>{work}: {model}</source>
      <translation>{work}：{model}</translation>
    </message>
  </context>
  <context>
    <name>App</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Looking for Claude Code</source>
      <translation>查找 Claude Code</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Watching for sleep</source>
      <translation>监听系统休眠</translation>
    </message>
  </context>
  <context>
    <name>Attention</name>
    <message>
      <source>({place})</source>
      <translation>（{place}）</translation>
    </message>
    <message>
      <source>Close it and start</source>
      <translation>关闭它并启动</translation>
    </message>
    <message>
      <source>Enter key</source>
      <translation>输入密钥</translation>
    </message>
    <message>
      <source>Fix</source>
      <translation>修复</translation>
    </message>
    <message>
      <source>Notices are muted until {time}</source>
      <translation>通知已静音至 {time}</translation>
    </message>
    <message>
      <source>Only what can't wait is told until then.</source>
      <translation>在此之前只通知紧急的事。</translation>
    </message>
    <message>
      <source>See changes</source>
      <translation>查看更改</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Show keys</source>
      <translation>显示密钥</translation>
    </message>
    <message>
      <source>Show the problem</source>
      <translation>显示问题</translation>
    </message>
    <message>
      <source>Showing a notice</source>
      <translation>显示一条通知</translation>
    </message>
    <message>
      <source>Showing notices</source>
      <translation>显示通知</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>重新启动</translation>
    </message>
    <message>
      <source>Switch on</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>The settings file can't be used</source>
      <translation>无法使用设置文件</translation>
    </message>
    <message>
      <source>These requests are refused, as no other model is left: {works}</source>
      <translation>没有其他模型可用，以下请求会被拒绝：{works}</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Unmute</source>
      <translation>取消静音</translation>
    </message>
    <message>
      <source>Use another port</source>
      <translation>使用其他端口</translation>
    </message>
    <message>
      <source>Without a key: {names}.</source>
      <translation>没有密钥的：{names}。</translation>
    </message>
    <message>
      <source>{n} times, the last one at {time}.</source>
      <translation>{n} 次，最近一次在 {time}。</translation>
    </message>
    <message>
      <source>{provider} is switched off</source>
      <translation>{provider} 已关闭</translation>
    </message>
    <message>
      <source>{setting} of {owner}: {problem}</source>
      <translation>{owner} 的 {setting}：{problem}</translation>
    </message>
    <message>
      <source>{setting}: {owner}</source>
      <translation>{setting}：{owner}</translation>
    </message>
    <message>
      <source>{setting}: {problem}</source>
      <translation>{setting}：{problem}</translation>
    </message>
    <message>
      <source>{title} (example)</source>
      <translation>{title}（示例）</translation>
    </message>
  </context>
  <context>
    <name>AttentionCard</name>
    <message>
      <source>Needs attention</source>
      <translation>需要注意</translation>
    </message>
    <message>
      <source>Show {n} more</source>
      <translation>再显示 {n} 个</translation>
    </message>
    <message>
      <source>These can wait: the router does its work.</source>
      <translation>这些可以以后再看：路由器照常工作。</translation>
    </message>
    <message>
      <source>Worth a look</source>
      <translation>值得一看</translation>
    </message>
  </context>
  <context>
    <name>Background</name>
    <message>
      <source>{doing} failed</source>
      <translation>{doing}失败</translation>
    </message>
  </context>
  <context>
    <name>BackupList</name>
    <message>
      <source>Missing</source>
      <translation>缺失</translation>
    </message>
    <message>
      <source>Remove this backup model</source>
      <translation>移除此备用模型</translation>
    </message>
    <message>
      <source>Switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>{number}. {model}</source>
      <translation>{number}. {model}</translation>
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
    <name>BoundedText</name>
    <message>
      <source>It has a word of {count} characters, and {most} are the most here.</source>
      <translation>其中有一个 {count} 个字符的词，这里最多 {most} 个。</translation>
    </message>
    <message>
      <source>Too long: with it there would be {count} characters here, of {most}.</source>
      <translation>太长：放入后这里会有 {count} 个字符，最多 {most} 个。</translation>
    </message>
  </context>
  <context>
    <name>Bridge</name>
    <message>
      <source>Looking for problems</source>
      <translation>正在检查问题</translation>
    </message>
    <message>
      <source>Looking for recent folders</source>
      <translation>查找最近使用的文件夹</translation>
    </message>
    <message>
      <source>Main model: {model}</source>
      <translation>主模型：{model}</translation>
    </message>
    <message>
      <source>Pausing the routing</source>
      <translation>暂停路由</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Restarting the router</source>
      <translation>重启路由器</translation>
    </message>
    <message>
      <source>Resuming the routing</source>
      <translation>恢复路由</translation>
    </message>
    <message>
      <source>Route set: {name}</source>
      <translation>路由组：{name}</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>标准</translation>
    </message>
    <message>
      <source>Starting the router</source>
      <translation>启动路由器</translation>
    </message>
    <message>
      <source>Stopping the requests</source>
      <translation>停止请求</translation>
    </message>
    <message>
      <source>Stopping the router</source>
      <translation>停止路由器</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Undone: {words}</source>
      <translation>已撤销：{words}</translation>
    </message>
    <message>
      <source>Using {provider} again</source>
      <translation>重新使用 {provider}</translation>
    </message>
    <message>
      <source>Watching the settings</source>
      <translation>监听设置</translation>
    </message>
  </context>
  <context>
    <name>CertificateWatch</name>
    <message>
      <source>It is no longer valid. Ask for a new one where you got it.</source>
      <translation>它已失效。请在获得它的地方索取新的。</translation>
    </message>
    <message>
      <source>Looking at the certificates</source>
      <translation>查看证书</translation>
    </message>
  </context>
  <context>
    <name>ChangeDialog</name>
    <message>
      <source>A dated copy of the file is kept beside it.</source>
      <translation>旁边会保留一份带日期的文件副本。</translation>
    </message>
    <message>
      <source>Another program has set {names}; turning this off restores it.</source>
      <translation>其他程序设置了 {names}；关闭此项会恢复它。</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Change the file</source>
      <translation>更改文件</translation>
    </message>
    <message>
      <source>Route every “claude” here?</source>
      <translation>让所有“claude”都经过这里？</translation>
    </message>
    <message>
      <source>Take {names} out of the file?</source>
      <translation>要从文件中取出 {names} 吗？</translation>
    </message>
    <message>
      <source>The file will hold the router's client key, so then only you can read it.</source>
      <translation>文件中将包含路由器的客户端密钥，因此届时只有你能读取它。</translation>
    </message>
    <message>
      <source>What changes</source>
      <translation>将更改的内容</translation>
    </message>
    <message>
      <source>{file} will be changed as shown. Nothing else in it is touched, and Undo puts it back.</source>
      <translation>{file} 将按所示内容更改。其余内容不受影响，“撤销”会把它放回去。</translation>
    </message>
    <message>
      <source>{file} will be changed as shown. Nothing else in it is touched, and turning this off again undoes it.</source>
      <translation>{file} 将按所示更改。其中其他内容保持不变，关闭此项即可撤销。</translation>
    </message>
  </context>
  <context>
    <name>ChecksCard</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>已取消</translation>
    </message>
    <message>
      <source>Check everything</source>
      <translation>全面检查</translation>
    </message>
    <message>
      <source>Checked {done} of {total}…</source>
      <translation>已检查 {done}/{total}…</translation>
    </message>
    <message>
      <source>Fine</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>Have every provider answer (uses a few tokens)</source>
      <translation>让每个提供商应答（会用掉少量令牌）</translation>
    </message>
    <message>
      <source>In order or not checked</source>
      <translation>正常或未检查</translation>
    </message>
    <message>
      <source>In order or not checked: {count}</source>
      <translation>正常或未检查：{count}</translation>
    </message>
    <message>
      <source>Looks at the router, keys, Claude Code, what leads it elsewhere, providers, the network and this computer. Nothing is changed.</source>
      <translation>检查路由器、密钥、Claude Code、可能让它绕过路由器的设置、提供商、网络和这台电脑。不会更改任何内容。</translation>
    </message>
    <message>
      <source>Progress of the checks</source>
      <translation>检查进度</translation>
    </message>
    <message>
      <source>Show {count} more</source>
      <translation>再显示 {count} 项</translation>
    </message>
  </context>
  <context>
    <name>ChoicePopOver</name>
    <message>
      <source>Nothing matches.</source>
      <translation>没有匹配项。</translation>
    </message>
    <message>
      <source>Type to filter</source>
      <translation>输入以筛选</translation>
    </message>
    <message>
      <source>Use “%s”</source>
      <translation>使用“%s”</translation>
    </message>
  </context>
  <context>
    <name>ClaudeCard</name>
    <message>
      <source>Claude Code</source>
      <translation>Claude Code</translation>
    </message>
    <message>
      <source>Claude Code was not found</source>
      <translation>未找到 Claude Code</translation>
    </message>
    <message>
      <source>Find it by itself</source>
      <translation>自动查找</translation>
    </message>
    <message>
      <source>Found</source>
      <translation>已找到</translation>
    </message>
    <message>
      <source>Install guide</source>
      <translation>安装指南</translation>
    </message>
    <message>
      <source>It needs Node.js 18 or newer. Then choose Re-check; Locate… is for a Claude Code in an unusual place.</source>
      <translation>需要 Node.js 18 或更高版本。然后选择“重新检查”；“指定位置…”用于装在特殊位置的 Claude Code。</translation>
    </message>
    <message>
      <source>Locate…</source>
      <translation>指定位置…</translation>
    </message>
    <message>
      <source>Looked in {places}.</source>
      <translation>已查找 {places}。</translation>
    </message>
    <message>
      <source>Looking for it…</source>
      <translation>正在查找…</translation>
    </message>
    <message>
      <source>Re-check</source>
      <translation>重新检查</translation>
    </message>
    <message>
      <source>Type this into a terminal to install it:</source>
      <translation>在终端中输入以下内容即可安装：</translation>
    </message>
    <message>
      <source>Version {version}</source>
      <translation>版本 {version}</translation>
    </message>
    <message>
      <source>found by the login shell</source>
      <translation>由登录 shell 找到</translation>
    </message>
    <message>
      <source>found on the PATH</source>
      <translation>在 PATH 中找到</translation>
    </message>
    <message>
      <source>installed by its own installer</source>
      <translation>由其自带安装程序安装</translation>
    </message>
    <message>
      <source>installed with {name}</source>
      <translation>用 {name} 安装</translation>
    </message>
    <message>
      <source>named by the variable CLAUDE_PATH</source>
      <translation>由变量 CLAUDE_PATH 指定</translation>
    </message>
    <message>
      <source>named in the settings</source>
      <translation>在设置中指定</translation>
    </message>
    <message>
      <source>npm (no answer)</source>
      <translation>npm（没有回应）</translation>
    </message>
    <message>
      <source>the PATH</source>
      <translation>PATH</translation>
    </message>
    <message>
      <source>the login shell</source>
      <translation>登录 shell</translation>
    </message>
  </context>
  <context>
    <name>ClientKey</name>
    <message>
      <source>Making a new client key</source>
      <translation>正在生成新的客户端密钥</translation>
    </message>
    <message>
      <source>New client key</source>
      <translation>新的客户端密钥</translation>
    </message>
    <message>
      <source>Removed the client key</source>
      <translation>已移除客户端密钥</translation>
    </message>
    <message>
      <source>The client key can't be kept. {problem}.</source>
      <translation>无法保存客户端密钥。{problem}。</translation>
    </message>
    <message>
      <source>The password store does not give the client key.</source>
      <translation>密码库没有提供客户端密钥。</translation>
    </message>
    <message>
      <source>The variable with the client key is not set.</source>
      <translation>保存客户端密钥的变量没有设置。</translation>
    </message>
  </context>
  <context>
    <name>ClientKeyRow</name>
    <message>
      <source>New key</source>
      <translation>新密钥</translation>
    </message>
    <message>
      <source>Other devices have to send it. A new one shuts out all that have the old.</source>
      <translation>其他设备必须发送它。换用新密钥会拒绝所有持有旧密钥的设备。</translation>
    </message>
    <message>
      <source>Programs on this computer have to send it. Nobody else is heard.</source>
      <translation>本机的程序必须发送它。不接受其他设备的请求。</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>A request is running.</source>
      <translation>有一个请求正在进行。</translation>
    </message>
    <message>
      <source>Claude Code loses its answer when the router ends now.</source>
      <translation>如果路由器现在退出，Claude Code 会丢失正在接收的回答。</translation>
    </message>
    <message>
      <source>Closing</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Discard and quit</source>
      <translation>放弃并退出</translation>
    </message>
    <message>
      <source>Discard and restart</source>
      <translation>放弃并重启</translation>
    </message>
    <message>
      <source>It is lost when the app ends now: {names}.</source>
      <translation>如果现在退出应用，以下内容将会丢失：{names}。</translation>
    </message>
    <message>
      <source>Keep running</source>
      <translation>继续运行</translation>
    </message>
    <message>
      <source>Keep running in the background?</source>
      <translation>要在后台继续运行吗？</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Quit now</source>
      <translation>立即退出</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>The app ends as soon as no request is running.</source>
      <translation>没有请求在运行时，应用就会结束。</translation>
    </message>
    <message>
      <source>The router goes on and Claude Code keeps working; the icon in the panel opens this window again. Settings can change this later.</source>
      <translation>路由器会继续运行，Claude Code 可照常工作；点击面板中的图标可再次打开此窗口。以后可在设置中更改。</translation>
    </message>
    <message>
      <source>What you entered is not saved</source>
      <translation>你输入的内容尚未保存</translation>
    </message>
    <message>
      <source>When it finishes</source>
      <translation>等它完成</translation>
    </message>
    <message>
      <source>When they finish</source>
      <translation>等它们完成</translation>
    </message>
    <message>
      <source>the text of the settings file</source>
      <translation>设置文件的文本</translation>
    </message>
    <message>
      <source>{count} requests are running.</source>
      <translation>有 {count} 个请求正在进行。</translation>
    </message>
  </context>
  <context>
    <name>CodeBox</name>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copy: {name}</source>
      <translation>复制：{name}</translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message>
      <source>Copied {address}</source>
      <translation>已复制 {address}</translation>
    </message>
    <message>
      <source>Doing what a command wants</source>
      <translation>正在执行命令</translation>
    </message>
    <message>
      <source>Folder for Claude Code</source>
      <translation>Claude Code 的文件夹</translation>
    </message>
    <message>
      <source>Launching Claude Code</source>
      <translation>启动 Claude Code</translation>
    </message>
    <message>
      <source>The app is running with other settings. Quit it first.</source>
      <translation>应用正在以其他设置运行。请先退出它。</translation>
    </message>
    <message>
      <source>The app is running, with its router on port {port}. Quit it first.</source>
      <translation>应用正在运行，其路由器使用端口 {port}。请先退出它。</translation>
    </message>
  </context>
  <context>
    <name>ConnectionTest</name>
    <message>
      <source>Change the address</source>
      <translation>更改地址</translation>
    </message>
    <message>
      <source>Change the extra keys</source>
      <translation>修改“更多密钥”</translation>
    </message>
    <message>
      <source>Choose a model</source>
      <translation>选择模型</translation>
    </message>
    <message>
      <source>Choose another model</source>
      <translation>选择其他模型</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>详情</translation>
    </message>
    <message>
      <source>Enter key</source>
      <translation>输入密钥</translation>
    </message>
    <message>
      <source>Get a key</source>
      <translation>获取密钥</translation>
    </message>
    <message>
      <source>It works. {total} in all, first word after {first}.</source>
      <translation>可用。共 {total}，首字在 {first} 后到达。</translation>
    </message>
    <message>
      <source>Key accepted</source>
      <translation>密钥有效</translation>
    </message>
    <message>
      <source>Model answers</source>
      <translation>模型有回答</translation>
    </message>
    <message>
      <source>No model is chosen yet, and the test has to ask one.</source>
      <translation>还没有选择模型，而测试需要向一个模型提问。</translation>
    </message>
    <message>
      <source>Reach the address</source>
      <translation>连接地址</translation>
    </message>
    <message>
      <source>Start {program}</source>
      <translation>启动 {program}</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Test again</source>
      <translation>再次测试</translation>
    </message>
    <message>
      <source>Test connection</source>
      <translation>测试连接</translation>
    </message>
    <message>
      <source>The address of {vendor} has a sign-in, and there is a key, too. Take the sign-in out of the address, or remove the key.</source>
      <translation>{vendor} 的地址里带有登录信息，同时又设置了密钥。请从地址中去掉登录信息，或者移除密钥。</translation>
    </message>
    <message>
      <source>The form was changed since.</source>
      <translation>表单在此之后已改动。</translation>
    </message>
    <message>
      <source>The network replaces security certificates (often company networks). Add your company's certificate in the settings.</source>
      <translation>网络替换了安全证书（公司网络中常见）。请在设置中添加公司的证书。</translation>
    </message>
    <message>
      <source>The test was stopped.</source>
      <translation>测试已停止。</translation>
    </message>
    <message>
      <source>There is a web page at this address, nothing that models answer at. Check how the address ends.</source>
      <translation>这个地址是一个网页，没有模型在这里回答。请检查地址的结尾。</translation>
    </message>
    <message>
      <source>There is no key for {vendor} yet.</source>
      <translation>还没有 {vendor} 的密钥。</translation>
    </message>
    <message>
      <source>Tools work</source>
      <translation>工具可用</translation>
    </message>
    <message>
      <source>Use “{model}”</source>
      <translation>使用“{model}”</translation>
    </message>
    <message>
      <source>Uses a few tokens.</source>
      <translation>会用掉少量令牌。</translation>
    </message>
    <message>
      <source>Your {vendor} balance is empty, or the model is not part of your plan.</source>
      <translation>你的 {vendor} 余额为空，或该模型不在你的套餐内。</translation>
    </message>
    <message>
      <source>extra key {n}</source>
      <translation>“更多密钥”第 {n} 个</translation>
    </message>
    <message>
      <source>the main key</source>
      <translation>主密钥</translation>
    </message>
    <message>
      <source>{model} cannot use tools, which Claude Code needs.</source>
      <translation>{model} 不能使用工具，而 Claude Code 需要工具。</translation>
    </message>
    <message>
      <source>{vendor} accepted none of these keys. They may be mistyped, expired or for another service.</source>
      <translation>{vendor} 没有接受任何一个密钥。它们可能输错了、已过期，或属于其他服务。</translation>
    </message>
    <message>
      <source>{vendor} answered with an error. “Details” has what it said.</source>
      <translation>{vendor} 返回了错误。“详情”中有它的原话。</translation>
    </message>
    <message>
      <source>{vendor} can't be reached. Check the address and the network.</source>
      <translation>无法连接 {vendor}。请检查地址和网络。</translation>
    </message>
    <message>
      <source>{vendor} did not accept this key. It may be mistyped, expired or for another service.</source>
      <translation>{vendor} 不接受此密钥。可能输入有误、已过期，或属于其他服务。</translation>
    </message>
    <message>
      <source>{vendor} did not accept {keys}. The other keys are used.</source>
      <translation>{vendor} 不接受{keys}。其余密钥会继续使用。</translation>
    </message>
    <message>
      <source>{vendor} does not answer. Try again in a while.</source>
      <translation>{vendor} 没有响应。请稍后再试。</translation>
    </message>
    <message>
      <source>{vendor} does not speak https at this address. Maybe it begins with http://, or has another port.</source>
      <translation>{vendor} 在此地址不使用 https。地址可能应以 http:// 开头，或端口不同。</translation>
    </message>
    <message>
      <source>{vendor} has no model named “{model}”.</source>
      <translation>{vendor} 没有名为“{model}”的模型。</translation>
    </message>
    <message>
      <source>{vendor} has no model named “{model}”. Closest: “{closest}”.</source>
      <translation>{vendor} 没有名为“{model}”的模型。最接近的是“{closest}”。</translation>
    </message>
    <message>
      <source>{vendor} is not running on this computer.</source>
      <translation>{vendor} 没有在这台电脑上运行。</translation>
    </message>
    <message>
      <source>{vendor} knows nothing at this address. Check how it ends, and the name of the model.</source>
      <translation>{vendor} 的这个地址上没有服务。请检查地址末尾的路径和模型名称。</translation>
    </message>
    <message>
      <source>{vendor} says that there were too many requests. Wait a little.</source>
      <translation>{vendor} 表示请求过多。请稍等片刻。</translation>
    </message>
  </context>
  <context>
    <name>CopyField</name>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copy %s</source>
      <translation>复制 %s</translation>
    </message>
  </context>
  <context>
    <name>CopySign</name>
    <message>
      <source>Copied</source>
      <translation>已复制</translation>
    </message>
  </context>
  <context>
    <name>Core</name>
    <message>
      <source> In %1.</source>
      <translation> 位于 %1。</translation>
    </message>
    <message>
      <source> The list has %1 more.</source>
      <translation>列表中还有 %1 个。</translation>
    </message>
    <message>
      <source> Without effect so far.</source>
      <translation> 目前不起作用。</translation>
    </message>
    <message>
      <source> and %1 more</source>
      <translation>，另有 %1 个</translation>
    </message>
    <message>
      <source> before %1</source>
      <translation>（%1 之前）</translation>
    </message>
    <message>
      <source>%1 %2 answers after %3s</source>
      <translation>%1 %2 在 %3 秒后有回答</translation>
    </message>
    <message>
      <source>%1 %2 failed (%3): %4</source>
      <translation>%1 %2 失败（%3）：%4</translation>
    </message>
    <message>
      <source>%1 %2 is asked instead of %3</source>
      <translation>%1 请求 %2 而不是 %3</translation>
    </message>
    <message>
      <source>%1 %2 switched off</source>
      <translation>%1 %2 已关闭</translation>
    </message>
    <message>
      <source>%1 (%2): they are Claude Code's, which keeps them.</source>
      <translation>%1（%2）：它们属于 Claude Code，由它保存。</translation>
    </message>
    <message>
      <source>%1 (%2): this answer can't be used</source>
      <translation>%1（%2）：无法使用此回答</translation>
    </message>
    <message>
      <source>%1 (line %2, column %3)</source>
      <translation>%1（第 %2 行第 %3 列）</translation>
    </message>
    <message>
      <source>%1 (process %2)</source>
      <translation>%1（进程 %2）</translation>
    </message>
    <message>
      <source>%1 Enter the key again.</source>
      <translation>%1 请再次输入密钥。</translation>
    </message>
    <message>
      <source>%1 It may forbid something, so nothing is sent until it is mended.</source>
      <translation>%1 它可能含有禁止规则，因此在修正之前不会发送任何内容。</translation>
    </message>
    <message>
      <source>%1 Once more in %2 s</source>
      <translation>%1 %2 秒后再试一次</translation>
    </message>
    <message>
      <source>%1 The file is saved, and the service goes on with the old one.</source>
      <translation>%1 文件已保存，服务继续使用旧的配置。</translation>
    </message>
    <message>
      <source>%1 The model wrote: %2</source>
      <translation>%1 模型写道：%2</translation>
    </message>
    <message>
      <source>%1 The other routes failed too. %2</source>
      <translation>%1 其他路由也失败了。%2</translation>
    </message>
    <message>
      <source>%1 What it said before holds</source>
      <translation>%1 之前的内容继续有效</translation>
    </message>
    <message>
      <source>%1 and %2 differ only in case.</source>
      <translation>%1 和 %2 仅大小写不同。</translation>
    </message>
    <message>
      <source>%1 answered in words instead of using the tool</source>
      <translation>%1 用文字回答，没有使用工具</translation>
    </message>
    <message>
      <source>%1 answered something else at %2.</source>
      <translation>%1 在 %2 返回了其他内容。</translation>
    </message>
    <message>
      <source>%1 answered something else. Check Desktop.updateSource.</source>
      <translation>%1 返回了其他内容。请检查 Desktop.updateSource。</translation>
    </message>
    <message>
      <source>%1 answered, first words after %2</source>
      <translation>%1 有回答，首字在 %2 后到达</translation>
    </message>
    <message>
      <source>%1 at most can be looked at.</source>
      <translation>最多可查看 %1 项。</translation>
    </message>
    <message>
      <source>%1 broke the connection off</source>
      <translation>%1 中断了连接</translation>
    </message>
    <message>
      <source>%1 can't be copied to be read</source>
      <translation>无法复制 %1 以供读取</translation>
    </message>
    <message>
      <source>%1 can't be deleted</source>
      <translation>无法删除 %1</translation>
    </message>
    <message>
      <source>%1 can't be fetched</source>
      <translation>无法获取 %1</translation>
    </message>
    <message>
      <source>%1 can't be loaded</source>
      <translation>无法加载 %1</translation>
    </message>
    <message>
      <source>%1 can't be reached</source>
      <translation>无法连接 %1</translation>
    </message>
    <message>
      <source>%1 can't be read</source>
      <translation>无法读取 %1</translation>
    </message>
    <message>
      <source>%1 can't be read (%2).</source>
      <translation>无法读取 %1（%2）。</translation>
    </message>
    <message>
      <source>%1 can't be read as a database</source>
      <translation>无法将 %1 作为数据库读取</translation>
    </message>
    <message>
      <source>%1 can't be read. %2</source>
      <translation>无法读取 %1。%2</translation>
    </message>
    <message>
      <source>%1 can't be set here.</source>
      <translation>%1 不能在此设置。</translation>
    </message>
    <message>
      <source>%1 can't be set.</source>
      <translation>无法设置 %1。</translation>
    </message>
    <message>
      <source>%1 can't be started</source>
      <translation>无法启动 %1</translation>
    </message>
    <message>
      <source>%1 can't be the name of a device</source>
      <translation>%1 不能用作设备名称</translation>
    </message>
    <message>
      <source>%1 can't be the name of a preset</source>
      <translation>%1 不能作为预设的名称</translation>
    </message>
    <message>
      <source>%1 can't be the name of a provider</source>
      <translation>%1 不能作为提供商的名称</translation>
    </message>
    <message>
      <source>%1 can't be the name of a route set</source>
      <translation>%1 不能作为路由组的名称</translation>
    </message>
    <message>
      <source>%1 can't be unpacked</source>
      <translation>无法解压 %1</translation>
    </message>
    <message>
      <source>%1 can't be used: %2</source>
      <translation>无法使用 %1：%2</translation>
    </message>
    <message>
      <source>%1 can't be written</source>
      <translation>无法写入 %1</translation>
    </message>
    <message>
      <source>%1 can't be written into the file</source>
      <translation>%1 不能写入文件</translation>
    </message>
    <message>
      <source>%1 can't be written.</source>
      <translation>无法写入 %1。</translation>
    </message>
    <message>
      <source>%1 can't make %2: %3</source>
      <translation>%1 无法创建 %2：%3</translation>
    </message>
    <message>
      <source>%1 can't make it: %2: %3</source>
      <translation>%1 无法创建它：%2：%3</translation>
    </message>
    <message>
      <source>%1 can't stand here</source>
      <translation>%1 不能放在这里</translation>
    </message>
    <message>
      <source>%1 can't use tools, and Claude Code works with them.</source>
      <translation>%1 不能使用工具，而 Claude Code 需要工具才能工作。</translation>
    </message>
    <message>
      <source>%1 changed meanwhile</source>
      <translation>%1 在此期间发生了更改</translation>
    </message>
    <message>
      <source>%1 characters.</source>
      <translation>%1 个字符。</translation>
    </message>
    <message>
      <source>%1 chose %2</source>
      <translation>%1 选择了 %2</translation>
    </message>
    <message>
      <source>%1 could not be read: %2</source>
      <translation>无法读取 %1：%2</translation>
    </message>
    <message>
      <source>%1 did not accept extra key %2: %3.</source>
      <translation>%1 不接受“更多密钥”第 %2 个：%3。</translation>
    </message>
    <message>
      <source>%1 did not accept it: %2</source>
      <translation>%1 不接受它：%2</translation>
    </message>
    <message>
      <source>%1 did not accept the main key: %2.</source>
      <translation>%1 不接受主密钥：%2。</translation>
    </message>
    <message>
      <source>%1 did not end</source>
      <translation>%1 没有结束</translation>
    </message>
    <message>
      <source>%1 did not keep the key of %2</source>
      <translation>%1 没有保存 %2 的密钥</translation>
    </message>
    <message>
      <source>%1 did not start</source>
      <translation>%1 没有启动</translation>
    </message>
    <message>
      <source>%1 did not take the connection in time</source>
      <translation>%1 没有及时接受连接</translation>
    </message>
    <message>
      <source>%1 does not answer</source>
      <translation>%1 没有响应</translation>
    </message>
    <message>
      <source>%1 does not begin with a configured provider</source>
      <translation>%1 不以已配置的提供商开头</translation>
    </message>
    <message>
      <source>%1 does not hold this key here</source>
      <translation>%1 中没有这个密钥</translation>
    </message>
    <message>
      <source>%1 does not speak TLS as it should (%2)</source>
      <translation>%1 的 TLS 不正确（%2）</translation>
    </message>
    <message>
      <source>%1 earlier calls of it still run</source>
      <translation>%1 之前的调用仍在运行</translation>
    </message>
    <message>
      <source>%1 fit</source>
      <translation>符合 %1</translation>
    </message>
    <message>
      <source>%1 gave %2</source>
      <translation>%1 返回了 %2</translation>
    </message>
    <message>
      <source>%1 gave %2, which is no delta</source>
      <translation>%1 产出了 %2，它不是增量</translation>
    </message>
    <message>
      <source>%1 gave no update</source>
      <translation>%1 没有提供更新</translation>
    </message>
    <message>
      <source>%1 gets the pictures itself: %2 is forbidden</source>
      <translation>%1 自己处理图片：%2 被规则禁止</translation>
    </message>
    <message>
      <source>%1 has %2</source>
      <translation>%1 含有 %2</translation>
    </message>
    <message>
      <source>%1 has %2 in its name</source>
      <translation>%1 的名称中有 %2</translation>
    </message>
    <message>
      <source>%1 has a model already</source>
      <translation>%1 已经有模型</translation>
    </message>
    <message>
      <source>%1 has a second %2; this one counts.</source>
      <translation>%1 中又定义了 %2；以这一个为准。</translation>
    </message>
    <message>
      <source>%1 has no conditions and takes everything before %2.</source>
      <translation>%1 没有条件，会在 %2 之前处理一切。</translation>
    </message>
    <message>
      <source>%1 has no key that could be moved</source>
      <translation>%1 没有可以移动的密钥</translation>
    </message>
    <message>
      <source>%1 has no model %2 in its list `models`.</source>
      <translation>%1 的列表 `models` 中没有模型 %2。</translation>
    </message>
    <message>
      <source>%1 has none of %2 in its name</source>
      <translation>%1 的名称中没有 %2</translation>
    </message>
    <message>
      <source>%1 holds a comma.</source>
      <translation>%1 含有逗号。</translation>
    </message>
    <message>
      <source>%1 holds a private key, and no certificates.</source>
      <translation>%1 中是私钥，没有证书。</translation>
    </message>
    <message>
      <source>%1 holds for this %2</source>
      <translation>%1 对此 %2 有效</translation>
    </message>
    <message>
      <source>%1 holds no certificates in PEM form.</source>
      <translation>%1 中没有 PEM 格式的证书。</translation>
    </message>
    <message>
      <source>%1 holds no key %2</source>
      <translation>%1 不含密钥 %2</translation>
    </message>
    <message>
      <source>%1 holds no key %2.</source>
      <translation>%1 不含密钥 %2。</translation>
    </message>
    <message>
      <source>%1 holds no providers</source>
      <translation>%1 不含提供商</translation>
    </message>
    <message>
      <source>%1 holds no settings</source>
      <translation>%1 不含设置</translation>
    </message>
    <message>
      <source>%1 holds too much to be settings</source>
      <translation>%1 中的内容太多，不像是设置</translation>
    </message>
    <message>
      <source>%1 in clear text: %2. Those of providers and of clients can be moved with --keys-to-keyring; others can be written as $NAME.</source>
      <translation>%1 以明文保存：%2。提供商和客户端的密钥可以用 --keys-to-keyring 移走；其他的可以写成 $NAME。</translation>
    </message>
    <message>
      <source>%1 is %2</source>
      <translation>%1 %2</translation>
    </message>
    <message>
      <source>%1 is JavaScript: %2, and this one %3.</source>
      <translation>%1 是 JavaScript：%2，而这一个%3。</translation>
    </message>
    <message>
      <source>%1 is a Haiku model</source>
      <translation>%1 是 Haiku 模型</translation>
    </message>
    <message>
      <source>%1 is a ZIP</source>
      <translation>%1 是 ZIP 文件</translation>
    </message>
    <message>
      <source>%1 is a database of another kind</source>
      <translation>%1 是另一种数据库</translation>
    </message>
    <message>
      <source>%1 is a folder.</source>
      <translation>%1 是文件夹。</translation>
    </message>
    <message>
      <source>%1 is a preset</source>
      <translation>%1 是预设</translation>
    </message>
    <message>
      <source>%1 is another or missing</source>
      <translation>%1 不同或缺失</translation>
    </message>
    <message>
      <source>%1 is asked again</source>
      <translation>再次询问 %1</translation>
    </message>
    <message>
      <source>%1 is empty</source>
      <translation>%1 是空文件</translation>
    </message>
    <message>
      <source>%1 is empty.</source>
      <translation>%1 是空的。</translation>
    </message>
    <message>
      <source>%1 is for providers that speak %2; this one speaks %3.</source>
      <translation>%1 用于使用 %2 协议的提供商；此提供商使用 %3。</translation>
    </message>
    <message>
      <source>%1 is left alone for another %2 s after %3 failures in a row</source>
      <translation>%1 连续失败 %3 次后再暂停 %2 秒</translation>
    </message>
    <message>
      <source>%1 is left alone until %2 after %3 failures in a row: %4</source>
      <translation>%1 连续失败 %3 次后暂停至 %2：%4</translation>
    </message>
    <message>
      <source>%1 is left out: transformers are written in Python here.</source>
      <translation>%1 被忽略：此处的转换器用 Python 编写。</translation>
    </message>
    <message>
      <source>%1 is missing from version %2.</source>
      <translation>版本 %2 中缺少 %1。</translation>
    </message>
    <message>
      <source>%1 is missing.</source>
      <translation>缺少 %1。</translation>
    </message>
    <message>
      <source>%1 is no Claude Haiku model</source>
      <translation>%1 不是 Claude Haiku 模型</translation>
    </message>
    <message>
      <source>%1 is no address</source>
      <translation>%1 不是地址</translation>
    </message>
    <message>
      <source>%1 is no object</source>
      <translation>%1 不是对象</translation>
    </message>
    <message>
      <source>%1 is no path.</source>
      <translation>%1 不是路径。</translation>
    </message>
    <message>
      <source>%1 is no place in the file</source>
      <translation>%1 不是文件中的位置</translation>
    </message>
    <message>
      <source>%1 is no preset</source>
      <translation>%1 不是预设</translation>
    </message>
    <message>
      <source>%1 is no session</source>
      <translation>%1 不是会话</translation>
    </message>
    <message>
      <source>%1 is not JSON</source>
      <translation>%1 不是 JSON</translation>
    </message>
    <message>
      <source>%1 is not a file that is known here</source>
      <translation>%1 不是这里已知的文件</translation>
    </message>
    <message>
      <source>%1 is not a folder</source>
      <translation>%1 不是文件夹</translation>
    </message>
    <message>
      <source>%1 is not safe: %2</source>
      <translation>%1 不安全：%2</translation>
    </message>
    <message>
      <source>%1 is not the file that was signed. %2</source>
      <translation>%1 不是经过签名的文件。%2</translation>
    </message>
    <message>
      <source>%1 is not the whole path of a folder.</source>
      <translation>%1 不是文件夹的完整路径。</translation>
    </message>
    <message>
      <source>%1 is not there</source>
      <translation>%1 不存在</translation>
    </message>
    <message>
      <source>%1 is open to other machines and there is no APIKEY: using 127.0.0.1.</source>
      <translation>%1 会对其他设备开放，但没有设置 APIKEY：改用 127.0.0.1。</translation>
    </message>
    <message>
      <source>%1 is packed in a way that is not known</source>
      <translation>%1 的打包方式无法识别</translation>
    </message>
    <message>
      <source>%1 is required</source>
      <translation>必须是 %1</translation>
    </message>
    <message>
      <source>%1 is set in parts</source>
      <translation>%1 由多个部分组成</translation>
    </message>
    <message>
      <source>%1 is there twice.</source>
      <translation>%1 出现了两次。</translation>
    </message>
    <message>
      <source>%1 is too large</source>
      <translation>%1 过大</translation>
    </message>
    <message>
      <source>%1 is too large for a preset</source>
      <translation>%1 太大，不能作为预设</translation>
    </message>
    <message>
      <source>%1 is too large to be settings</source>
      <translation>%1 太大，不可能是设置</translation>
    </message>
    <message>
      <source>%1 keys of %2</source>
      <translation>%2 的 %1 密钥</translation>
    </message>
    <message>
      <source>%1 keys of %2, which go to the keyring</source>
      <translation>%2 的 %1 个密钥，它们会存入密钥环</translation>
    </message>
    <message>
      <source>%1 leads Claude Code elsewhere</source>
      <translation>%1 会让 Claude Code 绕过路由器</translation>
    </message>
    <message>
      <source>%1 leads to an address without https</source>
      <translation>%1 指向不带 https 的地址</translation>
    </message>
    <message>
      <source>%1 leaves it to the rules</source>
      <translation>%1 交由规则决定</translation>
    </message>
    <message>
      <source>%1 looked %2</source>
      <translation>%1 查看了 %2</translation>
    </message>
    <message>
      <source>%1 looks at the pictures for %2</source>
      <translation>%1 为 %2 查看图片</translation>
    </message>
    <message>
      <source>%1 may lack its newest part</source>
      <translation>%1 可能缺少最新的部分</translation>
    </message>
    <message>
      <source>%1 may not serve it: %2. Name a route that the rule allows.</source>
      <translation>%1 不能处理它：%2。请指定规则允许的路由。</translation>
    </message>
    <message>
      <source>%1 more are not listed.</source>
      <translation>另有 %1 项未列出。</translation>
    </message>
    <message>
      <source>%1 of %2 bytes of %3 came. %4</source>
      <translation>%3 只收到 %1 / %2 字节。%4</translation>
    </message>
    <message>
      <source>%1 of %2: further members of requests are set by a transformer here: `customparams`.</source>
      <translation>%2 的 %1：在这里，请求的其他字段由转换器 `customparams` 设置。</translation>
    </message>
    <message>
      <source>%1 refuses its refresh_token (%2)</source>
      <translation>%1 拒绝了 refresh_token（%2）</translation>
    </message>
    <message>
      <source>%1 returned nothing: yield deltas, or return ()</source>
      <translation>%1 没有返回任何内容：请用 yield 产出增量，或返回 ()</translation>
    </message>
    <message>
      <source>%1 says how a provider is reached, which no rule can change.</source>
      <translation>%1 说明如何连接提供商，规则不能更改它。</translation>
    </message>
    <message>
      <source>%1 sent an answer that can't be read</source>
      <translation>%1 返回了无法读取的回答</translation>
    </message>
    <message>
      <source>%1 sent no list of models</source>
      <translation>%1 没有返回模型列表</translation>
    </message>
    <message>
      <source>%1 sets %2, which wins over the router's: Claude Code may not use it.</source>
      <translation>%1 设置了 %2，它优先于路由器的设置：Claude Code 可能不会使用路由器。</translation>
    </message>
    <message>
      <source>%1 speaks %2 there; the provider speaks %3.</source>
      <translation>%1 在那里使用 %2 协议；该提供商使用的是 %3。</translation>
    </message>
    <message>
      <source>%1 time</source>
      <translation>%1 次</translation>
    </message>
    <message>
      <source>%1 timed out</source>
      <translation>%1 超时</translation>
    </message>
    <message>
      <source>%1 times</source>
      <translation>%1 次</translation>
    </message>
    <message>
      <source>%1 tokens &gt; %2, the context window of %3</source>
      <translation>%1 令牌 &gt; %2，即 %3 的上下文窗口</translation>
    </message>
    <message>
      <source>%1 tokens do not fit %2</source>
      <translation>%1 令牌超出 %2 的上下文窗口</translation>
    </message>
    <message>
      <source>%1 tokens, over %2 is asked</source>
      <translation>%1 令牌，要求超过 %2</translation>
    </message>
    <message>
      <source>%1 tokens, under %2 is asked</source>
      <translation>%1 令牌，要求少于 %2</translation>
    </message>
    <message>
      <source>%1 used the tool</source>
      <translation>%1 使用了工具</translation>
    </message>
    <message>
      <source>%1 uses %2</source>
      <translation>%1 使用 %2</translation>
    </message>
    <message>
      <source>%1 was changed since it was read</source>
      <translation>%1 在读取之后已更改</translation>
    </message>
    <message>
      <source>%1 was changed since. %2</source>
      <translation>%1 在此之后被更改。%2</translation>
    </message>
    <message>
      <source>%1 was left as it is</source>
      <translation>%1 保持原样</translation>
    </message>
    <message>
      <source>%1 was not found</source>
      <translation>未找到 %1</translation>
    </message>
    <message>
      <source>%1 would be replaced.</source>
      <translation>%1 会被替换。</translation>
    </message>
    <message>
      <source>%1 would hold a secret, which is not given this way</source>
      <translation>%1 会含有机密，而机密不能这样给出</translation>
    </message>
    <message>
      <source>%1%2 tokens</source>
      <translation>%1%2 令牌</translation>
    </message>
    <message>
      <source>%1, and no other route is left</source>
      <translation>%1，且没有其他路由可用</translation>
    </message>
    <message>
      <source>%1,%2 answered %3</source>
      <translation>%1,%2 返回了 %3</translation>
    </message>
    <message>
      <source>%1,%2 can't search the web</source>
      <translation>%1,%2 不能搜索网页</translation>
    </message>
    <message>
      <source>%1,%2 sent an answer that can't be read</source>
      <translation>%1,%2 返回了无法读取的回答</translation>
    </message>
    <message>
      <source>%1. Check HOST and PORT.</source>
      <translation>%1。请检查 HOST 和 PORT。</translation>
    </message>
    <message>
      <source>%1. Mend the file, then try again.</source>
      <translation>%1。请修正文件，然后重试。</translation>
    </message>
    <message>
      <source>%1. Nothing was changed.</source>
      <translation>%1。没有做任何更改。</translation>
    </message>
    <message>
      <source>%1.call_id: a string is required</source>
      <translation>%1.call_id：必须是字符串</translation>
    </message>
    <message>
      <source>%1.content: a string or a list of parts is required</source>
      <translation>%1.content：必须是字符串或内容块列表</translation>
    </message>
    <message>
      <source>%1.function.name: a string is required</source>
      <translation>%1.function.name：必须是字符串</translation>
    </message>
    <message>
      <source>%1.id: a string is required</source>
      <translation>%1.id：必须是字符串</translation>
    </message>
    <message>
      <source>%1.name: a string is required</source>
      <translation>%1.name：必须是字符串</translation>
    </message>
    <message>
      <source>%1.parameters: an object is required</source>
      <translation>%1.parameters：必须是对象</translation>
    </message>
    <message>
      <source>%1.role: must be %2</source>
      <translation>%1.role：必须是 %2</translation>
    </message>
    <message>
      <source>%1.role: must be one of %2</source>
      <translation>%1.role：必须是以下之一：%2</translation>
    </message>
    <message>
      <source>%1.tool_call_id: a string is required</source>
      <translation>%1.tool_call_id：必须是字符串</translation>
    </message>
    <message>
      <source>%1.tool_calls: a list is required</source>
      <translation>%1.tool_calls：必须是列表</translation>
    </message>
    <message>
      <source>%1.type: %2 is not possible</source>
      <translation>%1.type：不支持 %2</translation>
    </message>
    <message>
      <source>%1.type: a string is required</source>
      <translation>%1.type：必须是字符串</translation>
    </message>
    <message>
      <source>%1.type: only functions are possible</source>
      <translation>%1.type：只支持函数</translation>
    </message>
    <message>
      <source>%1: %2 by an id is not possible</source>
      <translation>%1：不支持通过 id 引用 %2</translation>
    </message>
    <message>
      <source>%1: %2 can't come by a link.</source>
      <translation>%1：%2 不能通过链接带来。</translation>
    </message>
    <message>
      <source>%1: %2 do not exist here.</source>
      <translation>%1：%2 在这里不存在。</translation>
    </message>
    <message>
      <source>%1: %2 is not possible</source>
      <translation>%1：不支持 %2</translation>
    </message>
    <message>
      <source>%1: %2 is not possible like this</source>
      <translation>%1：%2 不能这样使用</translation>
    </message>
    <message>
      <source>%1: %2 is not set here</source>
      <translation>%1：此处未设置 %2</translation>
    </message>
    <message>
      <source>%1: %2 of %3 %4 no effect here.</source>
      <translation>%1：%3 的 %2 在这里不起作用（%4）。</translation>
    </message>
    <message>
      <source>%1: %2 stands for nothing that is known</source>
      <translation>%1：%2 不代表任何已知内容</translation>
    </message>
    <message>
      <source>%1: JavaScript, and %2</source>
      <translation>%1：JavaScript，并且 %2</translation>
    </message>
    <message>
      <source>%1: a list is required</source>
      <translation>%1：必须是列表</translation>
    </message>
    <message>
      <source>%1: a reference can't be followed</source>
      <translation>%1：无法解析引用</translation>
    </message>
    <message>
      <source>%1: a string or a list of parts is required</source>
      <translation>%1：必须是字符串或内容块列表</translation>
    </message>
    <message>
      <source>%1: an HTML page came with status 200%2</source>
      <translation>%1：返回了状态为 200 的 HTML 网页%2</translation>
    </message>
    <message>
      <source>%1: an empty value means nothing</source>
      <translation>%1：空值没有意义</translation>
    </message>
    <message>
      <source>%1: an object is required</source>
      <translation>%1：必须是对象</translation>
    </message>
    <message>
      <source>%1: it has another shape than is known here.</source>
      <translation>%1：其结构与此处已知的不同。</translation>
    </message>
    <message>
      <source>%1: it has no shape that links may bring.</source>
      <translation>%1：链接不支持这种形式。</translation>
    </message>
    <message>
      <source>%1: it wants %2 of this computer. It was left out.</source>
      <translation>%1：它需要这台电脑的 %2。已略去。</translation>
    </message>
    <message>
      <source>%1: its address holds a secret, or leads to one here</source>
      <translation>%1：其地址包含机密，或指向本机的机密</translation>
    </message>
    <message>
      <source>%1: links bring plain routes only.</source>
      <translation>%1：链接只能带来普通路由。</translation>
    </message>
    <message>
      <source>%1: links bring providers and routes only.</source>
      <translation>%1：链接只能带来提供商和路由。</translation>
    </message>
    <message>
      <source>%1: not possible through the router</source>
      <translation>%1：不能通过路由器使用</translation>
    </message>
    <message>
      <source>%1: not possible with this provider</source>
      <translation>%1：此提供商不支持</translation>
    </message>
    <message>
      <source>%1: nothing stands behind this reference.</source>
      <translation>%1：此引用没有对应的内容。</translation>
    </message>
    <message>
      <source>%1: the data URL holds no data</source>
      <translation>%1：data URL 中没有数据</translation>
    </message>
    <message>
      <source>%1: the provider is switched off</source>
      <translation>%1：该提供商已关闭</translation>
    </message>
    <message>
      <source>%1: this is no address of an image or file</source>
      <translation>%1：这不是图片或文件的网址</translation>
    </message>
    <message>
      <source>%1:%2 can't be taken</source>
      <translation>无法使用 %1:%2</translation>
    </message>
    <message>
      <source>%1:// is not accepted</source>
      <translation>不接受 %1://</translation>
    </message>
    <message>
      <source>%1; asked all the same, as no other route is left</source>
      <translation>%1；由于没有其他路由可用，仍然请求它</translation>
    </message>
    <message>
      <source>%1; check api_base_url, or choose another model.</source>
      <translation>%1；请检查 api_base_url，或选择其他模型。</translation>
    </message>
    <message>
      <source>%1Add it to `models`, or correct the name.</source>
      <translation>%1请把它添加到 `models`，或更正名称。</translation>
    </message>
    <message>
      <source>%1All settings are in docs/configuration.md.</source>
      <translation>%1所有设置见 docs/configuration.md。</translation>
    </message>
    <message>
      <source>%1Allowed: %2, effort:LEVEL, thinking:TYPE.</source>
      <translation>%1允许：%2、effort:LEVEL、thinking:TYPE。</translation>
    </message>
    <message>
      <source>%1Allowed: %2.</source>
      <translation>%1允许的值：%2。</translation>
    </message>
    <message>
      <source>%1It is asked for all the same; add it to `models` when it is right.</source>
      <translation>%1仍会请求它；如果正确，请把它添加到 `models`。</translation>
    </message>
    <message>
      <source>%1It is kept, but has no effect.</source>
      <translation>%1它会保留，但没有作用。</translation>
    </message>
    <message>
      <source>%1It is replaced by nothing.</source>
      <translation>%1它被替换为空。</translation>
    </message>
    <message>
      <source>%1Known are %2.</source>
      <translation>%1已知的有：%2。</translation>
    </message>
    <message>
      <source>%1Known are: %2.</source>
      <translation>%1已知的有：%2。</translation>
    </message>
    <message>
      <source>%1There are: %2.</source>
      <translation>%1现有：%2。</translation>
    </message>
    <message>
      <source>%1Until it is right, nothing would be forbidden.</source>
      <translation>%1在改正之前，不会禁止任何内容。</translation>
    </message>
    <message>
      <source>%1Without a text it shows nothing.</source>
      <translation>%1没有文字就什么也不显示。</translation>
    </message>
    <message>
      <source>%1Write the name of a route set, or a route.</source>
      <translation>%1请写路由组的名称，或一个路由。</translation>
    </message>
    <message>
      <source>%1`ccr plugins list` names them all.</source>
      <translation>%1`ccr plugins list` 列出全部名称。</translation>
    </message>
    <message>
      <source>(The model asked to look at images more than %1 times; the router stopped.)</source>
      <translation>（模型要求查看图片超过 %1 次，路由器已停止。）</translation>
    </message>
    <message>
      <source>(no file)</source>
      <translation>（无文件）</translation>
    </message>
    <message>
      <source>, for example "%1,%2"</source>
      <translation>，例如 "%1,%2"</translation>
    </message>
    <message>
      <source>: %1 tokens &gt; %2 maximum</source>
      <translation>：%1 令牌 &gt; 上限 %2</translation>
    </message>
    <message>
      <source>A backup model took over.</source>
      <translation>备用模型已接替。</translation>
    </message>
    <message>
      <source>A balance or a plan runs low.</source>
      <translation>余额或套餐即将用尽。</translation>
    </message>
    <message>
      <source>A budget is nearly used, or used up.</source>
      <translation>预算即将用尽或已用尽。</translation>
    </message>
    <message>
      <source>A company's own authority goes into CA_FILE.</source>
      <translation>公司自己的证书颁发机构应写入 CA_FILE。</translation>
    </message>
    <message>
      <source>A device needs a name</source>
      <translation>设备需要一个名称</translation>
    </message>
    <message>
      <source>A key is not accepted.</source>
      <translation>某个密钥无效。</translation>
    </message>
    <message>
      <source>A key is written into the file only when you say so</source>
      <translation>只有在你明确要求时，密钥才会写入文件</translation>
    </message>
    <message>
      <source>A key or {"key": …, "weight": …, "limit_per_minute": …} is allowed.</source>
      <translation>允许密钥或 {"key": …, "weight": …, "limit_per_minute": …}。</translation>
    </message>
    <message>
      <source>A key, `$VARIABLE`, or `keyring:NAME`. Servers on this machine need none, nor do transformers that sign by themselves.</source>
      <translation>密钥、`$VARIABLE` 或 `keyring:NAME`。这台机器上的服务器不需要，自行签名的转换器也不需要。</translation>
    </message>
    <message>
      <source>A link of CC Switch</source>
      <translation>CC Switch 的链接</translation>
    </message>
    <message>
      <source>A link of CCR Desktop</source>
      <translation>CCR Desktop 的链接</translation>
    </message>
    <message>
      <source>A link of claude-code-router</source>
      <translation>claude-code-router 的链接</translation>
    </message>
    <message>
      <source>A list is allowed.</source>
      <translation>允许列表。</translation>
    </message>
    <message>
      <source>A list of keys is allowed.</source>
      <translation>允许密钥的列表。</translation>
    </message>
    <message>
      <source>A list of names, or of ["name", {options}], is allowed.</source>
      <translation>允许名称或 ["name", {options}] 的列表。</translation>
    </message>
    <message>
      <source>A list of providers is allowed.</source>
      <translation>允许提供商的列表。</translation>
    </message>
    <message>
      <source>A list of questions is allowed.</source>
      <translation>允许问题的列表。</translation>
    </message>
    <message>
      <source>A list of rules is allowed.</source>
      <translation>允许规则的列表。</translation>
    </message>
    <message>
      <source>A list of texts is allowed.</source>
      <translation>允许文本的列表。</translation>
    </message>
    <message>
      <source>A module is {"type": "model", "text": "{{model}}"}.</source>
      <translation>模块的写法是 {"type": "model", "text": "{{model}}"}。</translation>
    </message>
    <message>
      <source>A name (red, bright_blue, bg_cyan) or #rrggbb is allowed.</source>
      <translation>允许名称（red、bright_blue、bg_cyan）或 #rrggbb。</translation>
    </message>
    <message>
      <source>A name (red, bright_blue, bg_cyan) or #rrggbb.</source>
      <translation>名称（red、bright_blue、bg_cyan）或 #rrggbb。</translation>
    </message>
    <message>
      <source>A name or ["name", {options}] is allowed.</source>
      <translation>允许名称或 ["name", {options}]。</translation>
    </message>
    <message>
      <source>A name without slashes and special characters is needed, and no device of Windows.</source>
      <translation>需要一个不含斜杠和特殊字符的名称，也不能是 Windows 的设备名。</translation>
    </message>
    <message>
      <source>A new version of this program is there.</source>
      <translation>此程序有新版本。</translation>
    </message>
    <message>
      <source>A number above 0 is allowed.</source>
      <translation>允许大于 0 的数。</translation>
    </message>
    <message>
      <source>A part of its path is no folder</source>
      <translation>路径中有一部分不是文件夹</translation>
    </message>
    <message>
      <source>A pool: keys, or `{key, weight, limit_per_minute}`.</source>
      <translation>密钥池：密钥，或 `{key, weight, limit_per_minute}`。</translation>
    </message>
    <message>
      <source>A port from 1 to 65535 is allowed.</source>
      <translation>允许 1 到 65535 的端口。</translation>
    </message>
    <message>
      <source>A preset is a folder, or a ZIP of one, with a %1.</source>
      <translation>预设是一个文件夹或其 ZIP，其中有 %1。</translation>
    </message>
    <message>
      <source>A preset is added with `ccr preset install`, or under Presets in the window.</source>
      <translation>请用 `ccr preset install` 或在窗口的“预设”中添加预设。</translation>
    </message>
    <message>
      <source>A profile of `~/.aws/credentials`, instead of the usual one.</source>
      <translation>`~/.aws/credentials` 中的配置名，用来代替常用的那个。</translation>
    </message>
    <message>
      <source>A provider is left alone after repeated errors.</source>
      <translation>某个提供商多次出错后暂停使用。</translation>
    </message>
    <message>
      <source>A provider of claude-code-router</source>
      <translation>claude-code-router 的提供商</translation>
    </message>
    <message>
      <source>A provider speaks one protocol with all its models: take the transformer out, or make a second provider of it.</source>
      <translation>一个提供商的所有模型使用同一种协议：请去掉该转换器，或另建一个提供商。</translation>
    </message>
    <message>
      <source>A regular expression is allowed.</source>
      <translation>允许正则表达式。</translation>
    </message>
    <message>
      <source>A request failed after all tries.</source>
      <translation>某个请求在所有尝试后失败。</translation>
    </message>
    <message>
      <source>A route, "provider,model".</source>
      <translation>一个路由，"provider,model"。</translation>
    </message>
    <message>
      <source>A service account, instead of the usual credentials.</source>
      <translation>服务账号，代替通常的凭据。</translation>
    </message>
    <message>
      <source>A service without a window takes it from %1.</source>
      <translation>没有窗口的服务从 %1 读取它。</translation>
    </message>
    <message>
      <source>A style is {"modules": [{"type": "model"}, …]}.</source>
      <translation>样式的写法是 {"modules": [{"type": "model"}, …]}。</translation>
    </message>
    <message>
      <source>A terminal</source>
      <translation>终端</translation>
    </message>
    <message>
      <source>A text is allowed.</source>
      <translation>允许文本。</translation>
    </message>
    <message>
      <source>A text is required.</source>
      <translation>需要文本。</translation>
    </message>
    <message>
      <source>A web page came where an answer of GitHub should be. A proxy may stand between, or the network wants you to sign in first: open GitHub in a browser.</source>
      <translation>本应是 GitHub 的响应，却收到了一个网页。中间可能有代理，或者该网络要求先登录：请在浏览器中打开 GitHub。</translation>
    </message>
    <message>
      <source>A whole number above 0 is allowed.</source>
      <translation>允许大于 0 的整数。</translation>
    </message>
    <message>
      <source>API key</source>
      <translation>API 密钥</translation>
    </message>
    <message>
      <source>APIKEY, the key of clients, which goes to the keyring</source>
      <translation>APIKEY（客户端密钥），它会存入密钥环</translation>
    </message>
    <message>
      <source>About 250 levels are possible.</source>
      <translation>最多约 250 层。</translation>
    </message>
    <message>
      <source>Access is denied</source>
      <translation>访问被拒绝</translation>
    </message>
    <message>
      <source>Access to your system's password store was refused</source>
      <translation>系统的密码库拒绝访问</translation>
    </message>
    <message>
      <source>Add a condition, or leave out `when` where that is meant.</source>
      <translation>请添加条件；如果就是这个意思，请去掉 `when`。</translation>
    </message>
    <message>
      <source>Add it here as Gemini.</source>
      <translation>请在这里以 Gemini 添加它。</translation>
    </message>
    <message>
      <source>Add one first.</source>
      <translation>请先添加一个。</translation>
    </message>
    <message>
      <source>Add the provider here with a key, or launch Claude Code past the router for it.</source>
      <translation>请在这里用密钥添加该提供商，或在不经过路由器的情况下启动 Claude Code 使用它。</translation>
    </message>
    <message>
      <source>Add the provider here with a key.</source>
      <translation>请在这里添加该提供商，并填写密钥。</translation>
    </message>
    <message>
      <source>Add the provider here with its address and a key.</source>
      <translation>请在这里用它的地址和密钥添加该提供商。</translation>
    </message>
    <message>
      <source>Add the provider here, and sign in or enter a key.</source>
      <translation>请在这里添加该提供商，然后登录或输入密钥。</translation>
    </message>
    <message>
      <source>Address to listen on. Any other than this machine needs `APIKEY`.</source>
      <translation>监听的地址。除本机以外都需要 `APIKEY`。</translation>
    </message>
    <message>
      <source>All requests, with their keys, would go through it.</source>
      <translation>所有请求连同其密钥都会经过它。</translation>
    </message>
    <message>
      <source>Allowed is "none", for a server that wants no key.</source>
      <translation>允许 "none"，用于不需要密钥的服务器。</translation>
    </message>
    <message>
      <source>Allowed is %1 from %2 to %3.</source>
      <translation>允许从 %2 到 %3 的%1。</translation>
    </message>
    <message>
      <source>Allowed is %1 from %2.</source>
      <translation>允许不小于 %2 的%1。</translation>
    </message>
    <message>
      <source>Allowed is %1 to %2.</source>
      <translation>允许不大于 %2 的%1。</translation>
    </message>
    <message>
      <source>Allowed is %1, for example %2.</source>
      <translation>允许%1，例如 %2。</translation>
    </message>
    <message>
      <source>Allowed is %1, such as %2</source>
      <translation>允许%1，例如 %2</translation>
    </message>
    <message>
      <source>Allowed is %1.</source>
      <translation>允许%1。</translation>
    </message>
    <message>
      <source>Allowed is %1. To remove it, use unset.</source>
      <translation>允许的是%1。要删除它，请用 unset。</translation>
    </message>
    <message>
      <source>Allowed is a day such as 2027-03-31.</source>
      <translation>应为日期，例如 2027-03-31。</translation>
    </message>
    <message>
      <source>Allowed is an address that begins with https://, or with http:// on this computer.</source>
      <translation>允许的是以 https:// 开头的地址，或这台电脑上以 http:// 开头的地址。</translation>
    </message>
    <message>
      <source>Allowed is true or false.</source>
      <translation>允许 true 或 false。</translation>
    </message>
    <message>
      <source>Allowed: %1 with a word behind the colon.</source>
      <translation>允许：%1，冒号后接一个词。</translation>
    </message>
    <message>
      <source>Allowed: %1.</source>
      <translation>允许的值：%1。</translation>
    </message>
    <message>
      <source>An agent needs a name</source>
      <translation>请填写智能体的名称</translation>
    </message>
    <message>
      <source>An object is allowed.</source>
      <translation>允许对象。</translation>
    </message>
    <message>
      <source>An object of "provider,model" is allowed.</source>
      <translation>允许由 "provider,model" 组成的对象。</translation>
    </message>
    <message>
      <source>An object of conditions is allowed.</source>
      <translation>允许由条件组成的对象。</translation>
    </message>
    <message>
      <source>An object of numbers is allowed.</source>
      <translation>允许由数字组成的对象。</translation>
    </message>
    <message>
      <source>An object of seconds is allowed: %1.</source>
      <translation>允许由秒数组成的对象：%1。</translation>
    </message>
    <message>
      <source>An object of texts is allowed.</source>
      <translation>允许由文本组成的对象。</translation>
    </message>
    <message>
      <source>An object with name and key is allowed.</source>
      <translation>应为包含 name 和 key 的对象。</translation>
    </message>
    <message>
      <source>And %1 more: `ccr config check` lists them all.</source>
      <translation>另有 %1 个：`ccr config check` 会全部列出。</translation>
    </message>
    <message>
      <source>Another program is saving %1 and does not end</source>
      <translation>另一个程序正在保存 %1，一直没有结束</translation>
    </message>
    <message>
      <source>Another program is writing it and does not end.</source>
      <translation>另一个程序正在写入它，且一直没有结束。</translation>
    </message>
    <message>
      <source>Another spelling of %1. %2</source>
      <translation>%1 的另一种拼写。%2</translation>
    </message>
    <message>
      <source>Answer with a number.</source>
      <translation>请用数字回答。</translation>
    </message>
    <message>
      <source>Answer with the one word: ready</source>
      <translation>只回答一个词：ready</translation>
    </message>
    <message>
      <source>Answer yes or no.</source>
      <translation>请回答是或否。</translation>
    </message>
    <message>
      <source>Answers are at most so long. A request that asks for less is left as it is.</source>
      <translation>回答的最大长度。要求更短的请求保持不变。</translation>
    </message>
    <message>
      <source>Answers what no other rule takes.</source>
      <translation>处理其他规则都不处理的请求。</translation>
    </message>
    <message>
      <source>Ask for a complete one.</source>
      <translation>请索取完整的。</translation>
    </message>
    <message>
      <source>Ask for a stream instead.</source>
      <translation>请改用流式请求。</translation>
    </message>
    <message>
      <source>Asked for: %1</source>
      <translation>请求：%1</translation>
    </message>
    <message>
      <source>Asks for token counts in streams, of a server that is not known to give them.</source>
      <translation>在流中请求令牌数，用于不确定是否提供它们的服务器。</translation>
    </message>
    <message>
      <source>At least %1 is allowed.</source>
      <translation>至少 %1。</translation>
    </message>
    <message>
      <source>At most %1 MiB are accepted.</source>
      <translation>最多接受 %1 MiB。</translation>
    </message>
    <message>
      <source>At most %1 files with %2 MiB together are accepted.</source>
      <translation>最多接受 %1 个文件，合计 %2 MiB。</translation>
    </message>
    <message>
      <source>At most %1 is allowed.</source>
      <translation>最多 %1。</translation>
    </message>
    <message>
      <source>Begin with { and end with }.</source>
      <translation>以 { 开头，以 } 结尾。</translation>
    </message>
    <message>
      <source>By a part of the model's name that the client asks for: what answers in place of `default`.</source>
      <translation>按客户端所请求模型名称的一部分，指定代替 `default` 的模型。</translation>
    </message>
    <message>
      <source>By folder: a route set, a route, or a list of routes.</source>
      <translation>按文件夹：路由组、路由，或路由的列表。</translation>
    </message>
    <message>
      <source>By model: `input`, `output`, `cache_read`, `cache_write`.</source>
      <translation>按模型：`input`、`output`、`cache_read`、`cache_write`。</translation>
    </message>
    <message>
      <source>By scenario: routes that are tried after those of `Router`.</source>
      <translation>按场景：在 `Router` 的路由之后尝试的路由。</translation>
    </message>
    <message>
      <source>By the name of a sub-agent: its route.</source>
      <translation>按子智能体的名称指定路由。</translation>
    </message>
    <message>
      <source>CC Switch, older settings</source>
      <translation>CC Switch 旧版设置</translation>
    </message>
    <message>
      <source>CCR Desktop %1</source>
      <translation>CCR Desktop %1</translation>
    </message>
    <message>
      <source>CUSTOM_ROUTER_PATH is not set</source>
      <translation>未设置 CUSTOM_ROUTER_PATH</translation>
    </message>
    <message>
      <source>Call the tool `report` with the word ready. Do not answer in words.</source>
      <translation>用词语 ready 调用工具 `report`。不要用文字回答。</translation>
    </message>
    <message>
      <source>Certificates in PEM form that are trusted beside the system's.</source>
      <translation>在系统证书之外信任的 PEM 格式证书。</translation>
    </message>
    <message>
      <source>Change that row, or give another name.</source>
      <translation>请更改该行，或给出另一个名称。</translation>
    </message>
    <message>
      <source>Check CCR_DESKTOP_HOME and the rights on that folder.</source>
      <translation>请检查 CCR_DESKTOP_HOME 以及该文件夹的权限。</translation>
    </message>
    <message>
      <source>Check Desktop.updateSource and PROXY_URL.</source>
      <translation>请检查 Desktop.updateSource 和 PROXY_URL。</translation>
    </message>
    <message>
      <source>Check api_base_url and the name of the model.</source>
      <translation>请检查 api_base_url 和模型名称。</translation>
    </message>
    <message>
      <source>Check api_base_url, and the name of the model.</source>
      <translation>请检查 api_base_url 和模型的名称。</translation>
    </message>
    <message>
      <source>Check api_base_url.</source>
      <translation>请检查 api_base_url。</translation>
    </message>
    <message>
      <source>Check how api_base_url ends.</source>
      <translation>请检查 api_base_url 的结尾。</translation>
    </message>
    <message>
      <source>Check that the key or the sign-in of this provider is still valid.</source>
      <translation>请检查该提供商的密钥或登录是否仍然有效。</translation>
    </message>
    <message>
      <source>Check that this key may use this model.</source>
      <translation>请检查此密钥是否有权使用该模型。</translation>
    </message>
    <message>
      <source>Check the api_key of this provider.</source>
      <translation>请检查此提供商的 api_key。</translation>
    </message>
    <message>
      <source>Check the balance of this account.</source>
      <translation>请检查此账户的余额。</translation>
    </message>
    <message>
      <source>Check the network, the proxy and api_base_url.</source>
      <translation>请检查网络、代理和 api_base_url。</translation>
    </message>
    <message>
      <source>Check the network; one that needs a proxy has it in PROXY_URL.</source>
      <translation>请检查网络；需要代理的网络在 PROXY_URL 中指定代理。</translation>
    </message>
    <message>
      <source>Check the proxy in PROXY_URL.</source>
      <translation>请检查 PROXY_URL 中的代理。</translation>
    </message>
    <message>
      <source>Check the region of the address, and the name of the model.</source>
      <translation>请检查地址中的区域和模型名称。</translation>
    </message>
    <message>
      <source>Check the rights on %1.</source>
      <translation>请检查 %1 的权限。</translation>
    </message>
    <message>
      <source>Check the rights on that folder.</source>
      <translation>请检查该文件夹的权限。</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>请选择一个文件夹。</translation>
    </message>
    <message>
      <source>Choose a model that can use tools, or start the server with tool calling on.</source>
      <translation>请选择能使用工具的模型，或启动服务器时打开工具调用。</translation>
    </message>
    <message>
      <source>Choose a model that can use tools: Claude Code needs them.</source>
      <translation>请选择能使用工具的模型：Claude Code 需要工具。</translation>
    </message>
    <message>
      <source>Choose a model that can.</source>
      <translation>请选择能使用工具的模型。</translation>
    </message>
    <message>
      <source>Choose a model that sees, or set Router.image to one.</source>
      <translation>请选择能识别图片的模型，或在 Router.image 中指定一个。</translation>
    </message>
    <message>
      <source>Choose a port above 1023.</source>
      <translation>请选择大于 1023 的端口。</translation>
    </message>
    <message>
      <source>Choose another file.</source>
      <translation>请选择其他文件。</translation>
    </message>
    <message>
      <source>Choose another model here; for searches it suits Router.webSearch.</source>
      <translation>请在这里选择其他模型；这个模型适合放在 Router.webSearch 中用于搜索。</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>请选择其他名称。</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>请选择另一个。</translation>
    </message>
    <message>
      <source>Choose another terminal, or open one and type the commands.</source>
      <translation>请选择其他终端，或打开一个终端并输入这些命令。</translation>
    </message>
    <message>
      <source>Choose one in PEM form, with lines "-----BEGIN CERTIFICATE-----". Until then only the system's certificates are trusted.</source>
      <translation>请选择 PEM 格式的文件，其中有“-----BEGIN CERTIFICATE-----”这样的行。在此之前，只信任系统的证书。</translation>
    </message>
    <message>
      <source>Choose one of %1, or give a command with %2 in it.</source>
      <translation>请从 %1 中选择，或给出含有 %2 的命令。</translation>
    </message>
    <message>
      <source>Choose one of the list.</source>
      <translation>请从列表中选择。</translation>
    </message>
    <message>
      <source>Choose the database of CC Switch instead, usually %1.</source>
      <translation>请改选 CC Switch 的数据库，通常在 %1。</translation>
    </message>
    <message>
      <source>Chosen: %1 (%2)</source>
      <translation>选择：%1（%2）</translation>
    </message>
    <message>
      <source>Claude Code was not found</source>
      <translation>未找到 Claude Code</translation>
    </message>
    <message>
      <source>Claude Code was updated to a version with known problems.</source>
      <translation>Claude Code 已更新到有已知问题的版本。</translation>
    </message>
    <message>
      <source>Claude Code's small tasks (Haiku).</source>
      <translation>Claude Code 的小任务（Haiku）。</translation>
    </message>
    <message>
      <source>Claude at Amazon Bedrock has no %1</source>
      <translation>Amazon Bedrock 上的 Claude 没有 %1</translation>
    </message>
    <message>
      <source>Claude at Amazon Bedrock, with a Bedrock API key or Amazon's credentials.</source>
      <translation>Amazon Bedrock 上的 Claude，使用 Bedrock API 密钥或 Amazon 的凭据。</translation>
    </message>
    <message>
      <source>Claude on Google's Vertex AI, with Google's credentials.</source>
      <translation>Google Vertex AI 上的 Claude，使用 Google 的凭据。</translation>
    </message>
    <message>
      <source>ClientKeys, the keys of single devices, which go to the keyring</source>
      <translation>ClientKeys，单台设备的密钥，存入密钥库</translation>
    </message>
    <message>
      <source>Colours; `system` follows the desktop.</source>
      <translation>颜色；`system` 跟随桌面。</translation>
    </message>
    <message>
      <source>Command prompt</source>
      <translation>命令提示符</translation>
    </message>
    <message>
      <source>Conditions that must all hold.</source>
      <translation>必须全部满足的条件。</translation>
    </message>
    <message>
      <source>Configuration of CCR Desktop</source>
      <translation>CCR Desktop 的配置</translation>
    </message>
    <message>
      <source>Copy %1-wal along with it, or close its program before you copy it.</source>
      <translation>请把 %1-wal 一起复制，或先关闭它的程序再复制。</translation>
    </message>
    <message>
      <source>Copy it again, to its end.</source>
      <translation>请重新复制，直到结尾。</translation>
    </message>
    <message>
      <source>Copy it again.</source>
      <translation>请重新复制。</translation>
    </message>
    <message>
      <source>Correct Desktop.updateSource, or take it out; no other place was asked.</source>
      <translation>请更正 Desktop.updateSource，或将其删除；没有询问其他位置。</translation>
    </message>
    <message>
      <source>Correct it before it is switched.</source>
      <translation>请在切换之前修正它。</translation>
    </message>
    <message>
      <source>Correct the extra keys with `ccr config edit`.</source>
      <translation>用 `ccr config edit` 更正“更多密钥”。</translation>
    </message>
    <message>
      <source>Correct the path, or remove it.</source>
      <translation>请更正路径，或将其删除。</translation>
    </message>
    <message>
      <source>Correct the path, or remove the entry.</source>
      <translation>请更正路径，或移除该项。</translation>
    </message>
    <message>
      <source>Correct the path.</source>
      <translation>请更正路径。</translation>
    </message>
    <message>
      <source>Default terminal</source>
      <translation>默认终端</translation>
    </message>
    <message>
      <source>Desktop is no object</source>
      <translation>Desktop 不是对象</translation>
    </message>
    <message>
      <source>Did you mean %1? </source>
      <translation>是不是 %1？</translation>
    </message>
    <message>
      <source>Each file is needed once.</source>
      <translation>每个文件只需要一次。</translation>
    </message>
    <message>
      <source>Each request with the model that answered.</source>
      <translation>每个请求及应答它的模型。</translation>
    </message>
    <message>
      <source>Enter its passphrase to use your keys.</source>
      <translation>请输入其密码短语以使用你的密钥。</translation>
    </message>
    <message>
      <source>Failed before: %1 (%2): %3</source>
      <translation>之前失败：%1（%2）：%3</translation>
    </message>
    <message>
      <source>For how long. Then it is asked again, and one more failure pauses it anew.</source>
      <translation>暂停多久。之后会再次尝试，再失败一次就重新暂停。</translation>
    </message>
    <message>
      <source>For the whole; nothing: no limit.</source>
      <translation>整个请求的时限；留空：没有限制。</translation>
    </message>
    <message>
      <source>From where a request is long.</source>
      <translation>从多长起算作长请求。</translation>
    </message>
    <message>
      <source>From which probability on Google's filters block what they take for harmful; Google decides if it is not given.</source>
      <translation>Google 的过滤器从多大可能性起拦截被判定为有害的内容；不填则由 Google 决定。</translation>
    </message>
    <message>
      <source>Functions, custom tools, namespaces of them, and web search are.</source>
      <translation>支持函数、自定义工具及其命名空间，以及网页搜索。</translation>
    </message>
    <message>
      <source>Further keys, each for one device: `{name, key, expires}`, the last a day if there is an end. They count beside `APIKEY`, and need it.</source>
      <translation>给单台设备的其他密钥：`{name, key, expires}`，最后一项是有效期的最后一天，可以省略。与 `APIKEY` 同时有效，并且需要先设置它。</translation>
    </message>
    <message>
      <source>GET /v1/models lists all.</source>
      <translation>GET /v1/models 会列出全部模型。</translation>
    </message>
    <message>
      <source>Gemini Code Assist is not set up for this account</source>
      <translation>此账号尚未设置 Gemini Code Assist</translation>
    </message>
    <message>
      <source>Gemini makes no search beside functions: the request goes on without web_search</source>
      <translation>Gemini 不能同时使用搜索和函数：请求将不带 web_search 继续</translation>
    </message>
    <message>
      <source>Gemini on Google's Vertex AI, with Google's credentials.</source>
      <translation>Google Vertex AI 上的 Gemini，使用 Google 的凭据。</translation>
    </message>
    <message>
      <source>GitHub answered %1. Try again in a few minutes.</source>
      <translation>GitHub 返回了 %1。请几分钟后重试。</translation>
    </message>
    <message>
      <source>GitHub did not answer in time. Try again in a few minutes.</source>
      <translation>GitHub 未及时响应。请几分钟后重试。</translation>
    </message>
    <message>
      <source>GitHub does not know the code any more. Start again.</source>
      <translation>GitHub 已不认识该代码。请重新开始。</translation>
    </message>
    <message>
      <source>GitHub gave no code: %1</source>
      <translation>GitHub 没有给出代码：%1</translation>
    </message>
    <message>
      <source>GitHub gives no token for Copilot</source>
      <translation>GitHub 没有给出 Copilot 的令牌</translation>
    </message>
    <message>
      <source>GitHub says: %1</source>
      <translation>GitHub 称：%1</translation>
    </message>
    <message>
      <source>Give Router.webSearch a route to another provider.</source>
      <translation>请为 Router.webSearch 设置指向其他提供商的路由。</translation>
    </message>
    <message>
      <source>Give a folder, a ZIP, or an address.</source>
      <translation>请给出文件夹、ZIP 或地址。</translation>
    </message>
    <message>
      <source>Give a name without a comma, a slash or a dollar sign.</source>
      <translation>请给出不含逗号、斜杠和美元符号的名称。</translation>
    </message>
    <message>
      <source>Give a path, or an address that begins with https:// or file://.</source>
      <translation>请给出路径，或以 https:// 或 file:// 开头的地址。</translation>
    </message>
    <message>
      <source>Give another with --name.</source>
      <translation>请用 --name 指定其他名称。</translation>
    </message>
    <message>
      <source>Give both, or neither for Google's usual credentials.</source>
      <translation>请两者都提供；都不提供则使用 Google 的默认凭据。</translation>
    </message>
    <message>
      <source>Give each device a name of its own.</source>
      <translation>请给每台设备不同的名称。</translation>
    </message>
    <message>
      <source>Give each its own name.</source>
      <translation>请为它们分别命名。</translation>
    </message>
    <message>
      <source>Give it `when`, or put it behind the other rules.</source>
      <translation>请为它加上 `when`，或放在其他规则之后。</translation>
    </message>
    <message>
      <source>Give it an end, or remove it.</source>
      <translation>请给出结束时间，或者去掉它。</translation>
    </message>
    <message>
      <source>Give it one of: %1.</source>
      <translation>请给它以下之一：%1。</translation>
    </message>
    <message>
      <source>Give it to the provider, as its `transformer`.</source>
      <translation>请把它写在提供商的 `transformer` 中。</translation>
    </message>
    <message>
      <source>Give its address for that, or correct `dialect` and `transformer`.</source>
      <translation>请填写与其对应的地址，或更正 `dialect` 和 `transformer`。</translation>
    </message>
    <message>
      <source>Give the name that Claude Code calls it by.</source>
      <translation>请填写 Claude Code 使用的名称。</translation>
    </message>
    <message>
      <source>Give the path of a Python file or a program.</source>
      <translation>请给出 Python 文件或程序的路径。</translation>
    </message>
    <message>
      <source>Give the path of a readable file with --config.</source>
      <translation>请用 --config 给出可读文件的路径。</translation>
    </message>
    <message>
      <source>Give the provider a Bedrock API key, or set AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.</source>
      <translation>请为该提供商填写 Bedrock API 密钥，或者设置 AWS_BEARER_TOKEN_BEDROCK，或者设置 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY。</translation>
    </message>
    <message>
      <source>Give the transformer `project`, or set GOOGLE_CLOUD_PROJECT.</source>
      <translation>请为转换器设置 `project`，或设置 GOOGLE_CLOUD_PROJECT。</translation>
    </message>
    <message>
      <source>Give the whole address, for example https://openrouter.ai/api/v1.</source>
      <translation>请给出完整地址，例如 https://openrouter.ai/api/v1。</translation>
    </message>
    <message>
      <source>Give the whole address, for example https://openrouter.ai/api/v1/chat/completions.</source>
      <translation>请给出完整地址，例如 https://openrouter.ai/api/v1/chat/completions。</translation>
    </message>
    <message>
      <source>Give yourself the right to read it, or the path of another file with --config.</source>
      <translation>请给自己读取它的权限，或用 --config 给出另一个文件的路径。</translation>
    </message>
    <message>
      <source>Google can't be asked for a token</source>
      <translation>无法向 Google 请求令牌</translation>
    </message>
    <message>
      <source>HOST and PORT take effect with a restart.</source>
      <translation>HOST 和 PORT 在重启后生效。</translation>
    </message>
    <message>
      <source>HTTP or SOCKS proxy for all providers but those on this machine; `system`: the one that the system has.</source>
      <translation>所有提供商（本机除外）的 HTTP 或 SOCKS 代理；`system`：使用系统的代理。</translation>
    </message>
    <message>
      <source>Have it pass streams on piece by piece.</source>
      <translation>请让它逐段传递数据流。</translation>
    </message>
    <message>
      <source>Headers for each request.</source>
      <translation>每个请求附带的标头。</translation>
    </message>
    <message>
      <source>Holds when %1.</source>
      <translation>满足条件：%1。</translation>
    </message>
    <message>
      <source>How long Claude Code waits for an answer.</source>
      <translation>Claude Code 等待回答的时间。</translation>
    </message>
    <message>
      <source>How long records are kept.</source>
      <translation>记录保留多久。</translation>
    </message>
    <message>
      <source>How much each model takes.</source>
      <translation>每个模型的上下文窗口。</translation>
    </message>
    <message>
      <source>How much is logged, in any case.</source>
      <translation>日志的详细程度，大小写不限。</translation>
    </message>
    <message>
      <source>How often one route is asked before its first fallback.</source>
      <translation>改用第一个备用之前，同一路由尝试的次数。</translation>
    </message>
    <message>
      <source>How often the app looks for a new version; never on its first day.</source>
      <translation>应用多久检查一次更新；第一天不检查。</translation>
    </message>
    <message>
      <source>If a window asks you to unlock the store, answer it.</source>
      <translation>如果有窗口要求解锁密码库，请作答。</translation>
    </message>
    <message>
      <source>Install it with `%1`, or set CLAUDE_PATH to say where it is. Looked in %2.</source>
      <translation>请用 `%1` 安装，或设置 CLAUDE_PATH 指明其位置。已查找：%2。</translation>
    </message>
    <message>
      <source>Install it with `ccr preset install`, or under Presets in the window.</source>
      <translation>请用 `ccr preset install` 安装，或在窗口的“预设”中安装。</translation>
    </message>
    <message>
      <source>Installed are: %1. `ccr preset install FILE` adds one.</source>
      <translation>已安装：%1。`ccr preset install FILE` 可添加。</translation>
    </message>
    <message>
      <source>Instead of its second half.</source>
      <translation>代替它的后半部分。</translation>
    </message>
    <message>
      <source>Instead of the first half of the key.</source>
      <translation>代替密钥的前半部分。</translation>
    </message>
    <message>
      <source>Is a window open that asks to unlock it? Answer it and try again.</source>
      <translation>是否有窗口正在要求解锁？请回应它并重试。</translation>
    </message>
    <message>
      <source>It answered %1 %2.</source>
      <translation>它返回了 %1 %2。</translation>
    </message>
    <message>
      <source>It asks for: %1.</source>
      <translation>它要求：%1。</translation>
    </message>
    <message>
      <source>It begins with https://, http:// or data:.</source>
      <translation>应以 https://、http:// 或 data: 开头。</translation>
    </message>
    <message>
      <source>It belongs into Router. Here it is kept, but has no effect.</source>
      <translation>它应写在 Router 中。写在这里会保留，但不起作用。</translation>
    </message>
    <message>
      <source>It belongs to somebody else.</source>
      <translation>它属于其他用户。</translation>
    </message>
    <message>
      <source>It can make a text look like another: take it out, or write the text anew.</source>
      <translation>它会让文字看起来像别的文字：请去掉它，或重新输入这段文字。</translation>
    </message>
    <message>
      <source>It can't be written. %1</source>
      <translation>无法写入。%1</translation>
    </message>
    <message>
      <source>It could not be put to use. %1</source>
      <translation>无法启用。%1</translation>
    </message>
    <message>
      <source>It could not be typed again. Pipe it in as UTF-8.</source>
      <translation>这样的密码短语无法再次输入。请以 UTF-8 编码传入。</translation>
    </message>
    <message>
      <source>It did not answer in time.</source>
      <translation>它没有及时响应。</translation>
    </message>
    <message>
      <source>It did not keep the key of %1.</source>
      <translation>它没有保存 %1 的密钥。</translation>
    </message>
    <message>
      <source>It did not keep the key.</source>
      <translation>它没有保存密钥。</translation>
    </message>
    <message>
      <source>It did not keep what was written.</source>
      <translation>它没有保存写入的内容。</translation>
    </message>
    <message>
      <source>It has a sign-in written into it.</source>
      <translation>其中写有登录信息。</translation>
    </message>
    <message>
      <source>It has letters that can look like others. Compare it with care.</source>
      <translation>其中含有容易混淆的字母。请仔细核对。</translation>
    </message>
    <message>
      <source>It has no address of its own</source>
      <translation>它没有自己的地址</translation>
    </message>
    <message>
      <source>It has no address of its own: OpenCode knows that of %1</source>
      <translation>它没有自己的地址：OpenCode 自己知道 %1 的地址</translation>
    </message>
    <message>
      <source>It has no effect beside Providers.</source>
      <translation>与 Providers 并存时不起作用。</translation>
    </message>
    <message>
      <source>It has no effect. Write "provider,model", or remove the entry.</source>
      <translation>它不起作用。请写成 "provider,model"，或删除该条目。</translation>
    </message>
    <message>
      <source>It has no effect. Write a list of names, or remove the entry.</source>
      <translation>它不起作用。请写名称列表，或删除该条目。</translation>
    </message>
    <message>
      <source>It has signs that can't be seen: type it anew.</source>
      <translation>其中有看不见的字符：请重新输入。</translation>
    </message>
    <message>
      <source>It holds a file that would be written elsewhere. Nothing was installed.</source>
      <translation>它含有会写到别处的文件。没有安装任何内容。</translation>
    </message>
    <message>
      <source>It holds a secret, which stays readable in the settings file.</source>
      <translation>它含有机密，会在设置文件中保持可读。</translation>
    </message>
    <message>
      <source>It holds no JSON object</source>
      <translation>它不含 JSON 对象</translation>
    </message>
    <message>
      <source>It holds secrets that stay readable in the settings file: %1.</source>
      <translation>其中含有会以明文留在设置文件中的机密：%1。</translation>
    </message>
    <message>
      <source>It is "none", "auto", "required", or names one function.</source>
      <translation>可以是 "none"、"auto"、"required"，或指定一个函数。</translation>
    </message>
    <message>
      <source>It is %1.</source>
      <translation>它是 %1。</translation>
    </message>
    <message>
      <source>It is %1. %2</source>
      <translation>它是 %1。%2</translation>
    </message>
    <message>
      <source>It is %1. Keys can be kept there as it is.</source>
      <translation>它是 %1。密钥可以原样保留在那里。</translation>
    </message>
    <message>
      <source>It is a device, not a file</source>
      <translation>它是一个设备，不是文件</translation>
    </message>
    <message>
      <source>It is a folder</source>
      <translation>它是一个文件夹</translation>
    </message>
    <message>
      <source>It is a link to a file that is not there</source>
      <translation>它是指向不存在文件的链接</translation>
    </message>
    <message>
      <source>It is a pipe, not a file</source>
      <translation>它是一个管道，不是文件</translation>
    </message>
    <message>
      <source>It is a sign-in that CC Switch keeps</source>
      <translation>这是 CC Switch 保存的登录</translation>
    </message>
    <message>
      <source>It is a sign-in, without an address of its own</source>
      <translation>这是登录，没有自己的地址</translation>
    </message>
    <message>
      <source>It is a socket, not a file</source>
      <translation>它是一个套接字，不是文件</translation>
    </message>
    <message>
      <source>It is damaged or was cut off. Make it again where it is from.</source>
      <translation>它已损坏或不完整。请在原处重新导出。</translation>
    </message>
    <message>
      <source>It is data:TYPE;base64,DATA.</source>
      <translation>格式为 data:TYPE;base64,DATA。</translation>
    </message>
    <message>
      <source>It is empty.</source>
      <translation>它是空的。</translation>
    </message>
    <message>
      <source>It is for %1, whose settings are not known here</source>
      <translation>它用于 %1，这里不认识其设置</translation>
    </message>
    <message>
      <source>It is held %1. %2</source>
      <translation>它%1占用。%2</translation>
    </message>
    <message>
      <source>It is in %1, which is not ours to change.</source>
      <translation>它在 %1 中，我们不应更改该文件。</translation>
    </message>
    <message>
      <source>It is larger than %1 MiB.</source>
      <translation>它大于 %1 MiB。</translation>
    </message>
    <message>
      <source>It is larger than the %1 bytes that are expected.</source>
      <translation>它大于预期的 %1 字节。</translation>
    </message>
    <message>
      <source>It is left out. Give it one to use it.</source>
      <translation>它已被忽略。要使用它，请给它一个名称。</translation>
    </message>
    <message>
      <source>It is left out. Remove it: Claude Code finds the router without it.</source>
      <translation>它被忽略。请移除：没有它 Claude Code 也能找到路由器。</translation>
    </message>
    <message>
      <source>It is made of capitals, digits and underscores. The key itself does not go here.</source>
      <translation>它由大写字母、数字和下划线组成。密钥本身不要填在这里。</translation>
    </message>
    <message>
      <source>It is no file</source>
      <translation>它不是文件</translation>
    </message>
    <message>
      <source>It is no text in UTF-8 that could be read</source>
      <translation>它不是可读取的 UTF-8 文本</translation>
    </message>
    <message>
      <source>It is not UTF-8: %1</source>
      <translation>不是 UTF-8：%1</translation>
    </message>
    <message>
      <source>It is not encrypted (http://): whoever carries it can read all of it.</source>
      <translation>连接没有加密（http://）：传输途中的任何人都能读取全部内容。</translation>
    </message>
    <message>
      <source>It is of another version of this program.</source>
      <translation>它属于此程序的另一个版本。</translation>
    </message>
    <message>
      <source>It is signed by another key than this program trusts (%1).</source>
      <translation>它的签名密钥（%1）不受此程序信任。</translation>
    </message>
    <message>
      <source>It is there, but did not do what was asked. Nothing was deleted.</source>
      <translation>它存在，但没有完成请求的操作。没有删除任何内容。</translation>
    </message>
    <message>
      <source>It leads into your local network, not to a service on the internet.</source>
      <translation>它指向你的本地网络，而不是互联网上的服务。</translation>
    </message>
    <message>
      <source>It leads to this computer: right only where a program here answers.</source>
      <translation>它指向这台电脑：只有当这台电脑上有程序提供服务时才正确。</translation>
    </message>
    <message>
      <source>It may be mistyped, expired or for another service. `ccr keys set %1` gives it a new one.</source>
      <translation>可能输入有误、已过期或属于其他服务。`ccr keys set %1` 可设置新的密钥。</translation>
    </message>
    <message>
      <source>It may be the token of another program.</source>
      <translation>它可能是另一个程序的令牌。</translation>
    </message>
    <message>
      <source>It may have been removed since.</source>
      <translation>它可能已被移除。</translation>
    </message>
    <message>
      <source>It must match %1.</source>
      <translation>它必须符合 %1。</translation>
    </message>
    <message>
      <source>It needs the provider %1: take that, too.</source>
      <translation>它需要提供商 %1：请一并导入。</translation>
    </message>
    <message>
      <source>It redirects too often.</source>
      <translation>重定向次数过多。</translation>
    </message>
    <message>
      <source>It runs programs or code on this computer. Take it only if you know them.</source>
      <translation>它会在这台电脑上运行程序或代码。只有在了解它们时才导入。</translation>
    </message>
    <message>
      <source>It sends headers of its own: %1.</source>
      <translation>它发送自己的标头：%1。</translation>
    </message>
    <message>
      <source>It sends what stands behind %1 on this computer.</source>
      <translation>它会发送这台电脑上 %1 的值。</translation>
    </message>
    <message>
      <source>It speaks Gemini's Interactions API</source>
      <translation>它使用 Gemini 的 Interactions API</translation>
    </message>
    <message>
      <source>It stays as it is. What it was before is in %1.</source>
      <translation>它保持不变。之前的内容在 %1 中。</translation>
    </message>
    <message>
      <source>It takes too long to read.</source>
      <translation>读取时间过长。</translation>
    </message>
    <message>
      <source>It took longer than %1 s.</source>
      <translation>超过了 %1 秒。</translation>
    </message>
    <message>
      <source>It uses the sign-in of another program. Add it here by its own name.</source>
      <translation>它使用另一个程序的登录。请在这里以它自己的名称添加。</translation>
    </message>
    <message>
      <source>It uses variables of this computer.</source>
      <translation>它使用这台电脑的变量。</translation>
    </message>
    <message>
      <source>It wants more than to describe tables.</source>
      <translation>它不只是描述数据表。</translation>
    </message>
    <message>
      <source>It was asked through the proxy %1.</source>
      <translation>请求经过了代理 %1。</translation>
    </message>
    <message>
      <source>It was changed meanwhile. Try again.</source>
      <translation>它在此期间已更改。请重试。</translation>
    </message>
    <message>
      <source>It was changed or cut off.</source>
      <translation>它已被更改或截断。</translation>
    </message>
    <message>
      <source>It was moved or removed. Choose a folder.</source>
      <translation>它已被移动或移除。请选择文件夹。</translation>
    </message>
    <message>
      <source>It was removed, and nothing of it was run.</source>
      <translation>它已被删除，其中没有任何内容运行过。</translation>
    </message>
    <message>
      <source>It would be cut off on its way. Export a file.</source>
      <translation>它会在途中被截断。请导出文件。</translation>
    </message>
    <message>
      <source>It would be read as a variable, or as a stored key: give a name without.</source>
      <translation>它会被当作变量或已存储的密钥读取：请换一个不含这些内容的名称。</translation>
    </message>
    <message>
      <source>It would replace %1.</source>
      <translation>它会替换 %1。</translation>
    </message>
    <message>
      <source>It would send what stands behind %1 to %2.</source>
      <translation>它会把 %1 的值发送给 %2。</translation>
    </message>
    <message>
      <source>Its address is not complete: %1 has to be filled in. Fill it in where it comes from and import it again, or change the address here after taking it.</source>
      <translation>它的地址不完整：需要填写 %1。请在来源处填好后重新导入，或导入后在这里修改地址。</translation>
    </message>
    <message>
      <source>Its address.</source>
      <translation>其地址。</translation>
    </message>
    <message>
      <source>Its file is %1.</source>
      <translation>它的文件是 %1。</translation>
    </message>
    <message>
      <source>Its model.</source>
      <translation>其模型。</translation>
    </message>
    <message>
      <source>Its models. Others can be asked for too.</source>
      <translation>其模型。也可以请求其他模型。</translation>
    </message>
    <message>
      <source>Its name in routes; each once.</source>
      <translation>它在路由中的名称；各不相同。</translation>
    </message>
    <message>
      <source>Its own proxy; `none`: no proxy.</source>
      <translation>其自己的代理；`none`：没有代理。</translation>
    </message>
    <message>
      <source>Its requests go past the proxy, where you have one.</source>
      <translation>如果你设有代理，它的请求会绕过代理。</translation>
    </message>
    <message>
      <source>Its requests go through %1.</source>
      <translation>它的请求经过 %1。</translation>
    </message>
    <message>
      <source>Its settings can't be read</source>
      <translation>无法读取其设置</translation>
    </message>
    <message>
      <source>Its settings for Codex can't be read</source>
      <translation>无法读取它用于 Codex 的设置</translation>
    </message>
    <message>
      <source>JSON5. $NAME is read from the environment, keyring:NAME from the store of keys.</source>
      <translation>JSON5。$NAME 从环境变量读取，keyring:NAME 从密钥库读取。</translation>
    </message>
    <message>
      <source>Keep one of them.</source>
      <translation>请只保留其中之一。</translation>
    </message>
    <message>
      <source>Kept are: %1.</source>
      <translation>已保留：%1。</translation>
    </message>
    <message>
      <source>Kept for claude-code-router, where it does nothing either.</source>
      <translation>为兼容 claude-code-router 而保留；它在那里也不起作用。</translation>
    </message>
    <message>
      <source>Key of a provider `openai`, when there is no `Providers`.</source>
      <translation>没有 `Providers` 时提供商 `openai` 的密钥。</translation>
    </message>
    <message>
      <source>Key that clients must send; empty: none, and only this machine is heard.</source>
      <translation>客户端必须发送的密钥；留空：不需要，且只接受本机的请求。</translation>
    </message>
    <message>
      <source>Keys are encrypted in a file that only you can read. What opens it lies beside it, unless you choose a passphrase. This keeps keys out of backups of single files, of folders that are shared, and from other people who use this computer. It does not keep them from programs that run under your name, nor from somebody who has a copy of the whole disk. A passphrase helps against the latter, and is asked for at each start.</source>
      <translation>密钥加密保存在只有你能读取的文件中。除非你设置密码短语，否则解密所需的内容就放在它旁边。这样，单个文件的备份、共享文件夹以及使用这台电脑的其他人都得不到密钥；但以你的身份运行的程序，以及拥有整个磁盘副本的人，仍能得到。密码短语可以防住后者，每次启动时都会询问。</translation>
    </message>
    <message>
      <source>Keys are kept in one only after you have agreed to it.</source>
      <translation>只有在你同意之后，密钥才会保存在其中。</translation>
    </message>
    <message>
      <source>Keys are kept there, encrypted.</source>
      <translation>密钥加密保存在那里。</translation>
    </message>
    <message>
      <source>Keys are kept there.</source>
      <translation>密钥保存在那里。</translation>
    </message>
    <message>
      <source>Keys can be kept in a protected file on this computer, which is less safe.</source>
      <translation>密钥可以保存在这台电脑上的受保护文件中，安全性较低。</translation>
    </message>
    <message>
      <source>Keys of %1 begin with %2; this one does not.</source>
      <translation>%1 的密钥以 %2 开头；这个不是。</translation>
    </message>
    <message>
      <source>Known are %1.</source>
      <translation>已知的有：%1。</translation>
    </message>
    <message>
      <source>Known are the settings of claude-code-router 1 to 3 and of CC Switch, its SQL export, and files of CCR Desktop.</source>
      <translation>已知的有 claude-code-router 1 到 3 和 CC Switch 的设置、其 SQL 导出，以及 CCR Desktop 的文件。</translation>
    </message>
    <message>
      <source>Known: %1. Own code goes into `transformers`.</source>
      <translation>已知：%1。自己的代码放入 `transformers`。</translation>
    </message>
    <message>
      <source>Language; `system` follows the desktop.</source>
      <translation>语言；`system` 跟随桌面。</translation>
    </message>
    <message>
      <source>Leave it out: routes and the client decide on it.</source>
      <translation>请去掉它：由路由和客户端决定。</translation>
    </message>
    <message>
      <source>Leave n out.</source>
      <translation>请去掉 n。</translation>
    </message>
    <message>
      <source>Left out, since it was refused: %1</source>
      <translation>因被拒绝而略去：%1</translation>
    </message>
    <message>
      <source>Let the image agent look at new pictures too, so that the usual model keeps the turn.</source>
      <translation>让图片智能体也查看新图片，使这一轮仍由常用模型处理。</translation>
    </message>
    <message>
      <source>Limits of the phases of a request.</source>
      <translation>请求各阶段的时限。</translation>
    </message>
    <message>
      <source>Limits on what is spent.</source>
      <translation>支出的限额。</translation>
    </message>
    <message>
      <source>Line %1 is no valid JSON (%2)</source>
      <translation>第 %1 行不是有效的 JSON（%2）</translation>
    </message>
    <message>
      <source>Links have %1 characters at most. Ask for a file.</source>
      <translation>链接最多 %1 个字符。请索取文件。</translation>
    </message>
    <message>
      <source>Links that begin with ccswitch://v1/import are known.</source>
      <translation>已知以 ccswitch://v1/import 开头的链接。</translation>
    </message>
    <message>
      <source>Links to providers are known: ccr://provider?…</source>
      <translation>已知指向提供商的链接：ccr://provider?…</translation>
    </message>
    <message>
      <source>Logs are in the log folder: see `ccr logs`.</source>
      <translation>日志在日志文件夹中：见 `ccr logs`。</translation>
    </message>
    <message>
      <source>Look at it and try again.</source>
      <translation>请检查后重试。</translation>
    </message>
    <message>
      <source>Look at the changes again.</source>
      <translation>请再次查看更改。</translation>
    </message>
    <message>
      <source>Look at the list again.</source>
      <translation>请再次查看列表。</translation>
    </message>
    <message>
      <source>Look at them and try again.</source>
      <translation>请检查后重试。</translation>
    </message>
    <message>
      <source>MCP servers</source>
      <translation>MCP 服务器</translation>
    </message>
    <message>
      <source>MCP servers, prompts and skills are Claude Code's own. Add them there.</source>
      <translation>MCP 服务器、提示词和技能属于 Claude Code 自己。请在那里添加。</translation>
    </message>
    <message>
      <source>Make room on that disk.</source>
      <translation>请在该磁盘上腾出空间。</translation>
    </message>
    <message>
      <source>Makes a model think that does not do it by itself, by asking for it in words.</source>
      <translation>用文字要求，让本身不思考的模型先思考。</translation>
    </message>
    <message>
      <source>Makes a model use tools that would rather talk: it must call one, and gets `ExitTool` for answers in words.</source>
      <translation>让不爱用工具的模型使用工具：它必须调用一个工具，要用文字回答时调用 `ExitTool`。</translation>
    </message>
    <message>
      <source>Makes calls of the tool calls that GLM prints as text now and then.</source>
      <translation>把 GLM 有时以文本输出的工具调用变成真正的调用。</translation>
    </message>
    <message>
      <source>Members of the request to change, by their dotted paths; `null` takes one out.</source>
      <translation>请求中要更改的字段，用点分路径表示；`null` 表示移除。</translation>
    </message>
    <message>
      <source>Mend it at that place.</source>
      <translation>请在该处修正。</translation>
    </message>
    <message>
      <source>Messages, reasoning, calls of tools and their outputs are.</source>
      <translation>支持消息、推理、工具调用及其输出。</translation>
    </message>
    <message>
      <source>Model that Claude Code 1 asks for in small tasks.</source>
      <translation>Claude Code 1 在小任务中请求的模型。</translation>
    </message>
    <message>
      <source>Models of other makers on Vertex AI, by its address for Chat Completions.</source>
      <translation>Vertex AI 上其他厂商的模型，通过其 Chat Completions 地址。</translation>
    </message>
    <message>
      <source>Move away what stands there in place of a folder.</source>
      <translation>请移走占据该文件夹位置的东西。</translation>
    </message>
    <message>
      <source>Move it away, or give the path of a readable file with --config.</source>
      <translation>请将其移走，或用 --config 给出可读文件的路径。</translation>
    </message>
    <message>
      <source>Name a group of StatusLine, or one of %1.</source>
      <translation>请指明 StatusLine 的一个组，或 %1 之一。</translation>
    </message>
    <message>
      <source>Name one of its settings, or use `ccr providers` or `ccr config edit`.</source>
      <translation>请指明其中一项设置，或使用 `ccr providers` 或 `ccr config edit`。</translation>
    </message>
    <message>
      <source>Name one.</source>
      <translation>请指定一个。</translation>
    </message>
    <message>
      <source>Named groups that can take the place of `Router`.</source>
      <translation>可以代替 `Router` 的命名组。</translation>
    </message>
    <message>
      <source>Names have letters, digits, - and _; values have no line ends.</source>
      <translation>名称含字母、数字、- 和 _；值中没有换行。</translation>
    </message>
    <message>
      <source>Never call this tool: it is a placeholder and does nothing.</source>
      <translation>请勿调用此工具：它只是占位符，不执行任何操作。</translation>
    </message>
    <message>
      <source>New pictures; and looks at older ones, for other models.</source>
      <translation>处理新图片；并为其他模型查看较早的图片。</translation>
    </message>
    <message>
      <source>No key is in it. When it is set up, the system asks for a password of your choice.</source>
      <translation>里面没有密钥。设置时，系统会请您定一个密码。</translation>
    </message>
    <message>
      <source>No model %1</source>
      <translation>没有模型 %1</translation>
    </message>
    <message>
      <source>No notifications in this span of the day; they are listed all the same.</source>
      <translation>一天中的这段时间不弹出通知；它们仍会列出。</translation>
    </message>
    <message>
      <source>No password store</source>
      <translation>没有密码库</translation>
    </message>
    <message>
      <source>No program is known that serves this address</source>
      <translation>没有已知的程序在此地址提供服务</translation>
    </message>
    <message>
      <source>No provider %1 is configured</source>
      <translation>未配置提供商 %1</translation>
    </message>
    <message>
      <source>No provider uses it yet. Requests that need it would fail.</source>
      <translation>还没有提供商使用它。需要它的请求会失败。</translation>
    </message>
    <message>
      <source>No route for the model %1</source>
      <translation>没有用于模型 %1 的路由</translation>
    </message>
    <message>
      <source>Nobody is signed in to GitHub Copilot</source>
      <translation>没有人登录 GitHub Copilot</translation>
    </message>
    <message>
      <source>Nobody was signed in with GitHub</source>
      <translation>没有完成 GitHub 登录</translation>
    </message>
    <message>
      <source>Node.js could not run it: %1</source>
      <translation>Node.js 无法运行：%1</translation>
    </message>
    <message>
      <source>Node.js does not answer any more and is ended</source>
      <translation>Node.js 不再响应，已将其终止</translation>
    </message>
    <message>
      <source>Node.js has ended</source>
      <translation>Node.js 已退出</translation>
    </message>
    <message>
      <source>Node.js was not found. Install it, or write them in Python: docs/writing-plugins.md shows how.</source>
      <translation>未找到 Node.js。请安装它，或用 Python 编写：见 docs/writing-plugins.md。</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>没有做任何更改。</translation>
    </message>
    <message>
      <source>Nothing was changed. In the file a $ would stand for a variable.</source>
      <translation>没有更改。$ 在文件中表示变量。</translation>
    </message>
    <message>
      <source>Nothing was changed. Set it first: %1</source>
      <translation>没有更改。请先设置它：%1</translation>
    </message>
    <message>
      <source>Nothing was changed. Set it where this runs, or enter the key again.</source>
      <translation>没有更改。请在程序运行的环境中设置它，或重新输入密钥。</translation>
    </message>
    <message>
      <source>Nothing was changed. Try again in a moment.</source>
      <translation>没有任何更改。请稍后再试。</translation>
    </message>
    <message>
      <source>Nothing was changed. `ccr keys set %1` keeps one.</source>
      <translation>没有更改。`ccr keys set %1` 可保存一个。</translation>
    </message>
    <message>
      <source>Nothing was saved. Look at the new state and save again.</source>
      <translation>没有保存。请查看新的状态后再保存。</translation>
    </message>
    <message>
      <source>Nothing was taken. Type it again; nobody can tell it to you but who made the file.</source>
      <translation>没有导入任何内容。请再次输入；只有制作文件的人能告诉你。</translation>
    </message>
    <message>
      <source>Of silence within an answer.</source>
      <translation>回答中途的静默。</translation>
    </message>
    <message>
      <source>On Linux, install gnome-keyring, KWallet or KeePassXC with its Secret Service switched on, and log in again. macOS and Windows have one of their own.</source>
      <translation>在 Linux 上，请安装 gnome-keyring、KWallet 或打开了 Secret Service 的 KeePassXC，然后重新登录。macOS 和 Windows 自带密码库。</translation>
    </message>
    <message>
      <source>Only addresses with https are accepted.</source>
      <translation>只接受 https 地址。</translation>
    </message>
    <message>
      <source>Open %1 yourself, and choose the file here.</source>
      <translation>请自己打开 %1，并在这里选择该文件。</translation>
    </message>
    <message>
      <source>Open %1 yourself.</source>
      <translation>请自行打开 %1。</translation>
    </message>
    <message>
      <source>Or set an environment variable and write its name in the configuration, for example "api_key": "$MY_KEY".</source>
      <translation>或者设置环境变量，并把其名称写入配置，例如 "api_key": "$MY_KEY"。</translation>
    </message>
    <message>
      <source>Other clients ask at /v1/messages, /v1/chat/completions or /v1/responses. Take it out of the file; its hooks for providers work.</source>
      <translation>其他客户端请求的是 /v1/messages、/v1/chat/completions 或 /v1/responses。请将它从文件中移除；其中面向提供商的钩子仍然有效。</translation>
    </message>
    <message>
      <source>Other devices could reach your router.</source>
      <translation>其他设备可以访问你的路由器。</translation>
    </message>
    <message>
      <source>PROMPT_BLOCKED: %1</source>
      <translation>提示词被拦截：%1</translation>
    </message>
    <message>
      <source>Perform a web search for the query: *(.+)</source>
      <translation>对以下内容进行网页搜索：*(.+)</translation>
    </message>
    <message>
      <source>Plan mode is active</source>
      <translation>计划模式已启用</translation>
    </message>
    <message>
      <source>Plugins of claude-code-router 2; `token-speed` is known.</source>
      <translation>claude-code-router 2 的插件；已知 `token-speed`。</translation>
    </message>
    <message>
      <source>Plugins were loaded again.</source>
      <translation>插件已重新加载。</translation>
    </message>
    <message>
      <source>Port %1 can't be taken</source>
      <translation>无法使用端口 %1</translation>
    </message>
    <message>
      <source>Port %1 is in use</source>
      <translation>端口 %1 已被占用</translation>
    </message>
    <message>
      <source>Port to listen on. The environment variable `SERVICE_PORT` wins, `--port` beats both.</source>
      <translation>监听的端口。环境变量 `SERVICE_PORT` 优先，`--port` 最优先。</translation>
    </message>
    <message>
      <source>Programs that do not send this key to your router then get error 401.</source>
      <translation>不向路由器发送此密钥的程序之后会收到错误 401。</translation>
    </message>
    <message>
      <source>Protected file</source>
      <translation>受保护的文件</translation>
    </message>
    <message>
      <source>Providers is no list</source>
      <translation>Providers 不是列表</translation>
    </message>
    <message>
      <source>Providers that may answer, whatever chose.</source>
      <translation>允许使用的提供商，无论由什么规则选择。</translation>
    </message>
    <message>
      <source>Providers that may not answer.</source>
      <translation>禁止使用的提供商。</translation>
    </message>
    <message>
      <source>Put "%1://" in front of it.</source>
      <translation>请在前面加上“%1://”。</translation>
    </message>
    <message>
      <source>Put a file with a Router there.</source>
      <translation>请在那里放一个含有 Router 的文件。</translation>
    </message>
    <message>
      <source>Puts the options into every request. What the request has already stays, objects are merged.</source>
      <translation>把选项加入每个请求。请求中已有的保持不变，对象会合并。</translation>
    </message>
    <message>
      <source>Python file with a `route` function that is asked first; or one of claude-code-router's.</source>
      <translation>含有 `route` 函数、最先询问的 Python 文件；或 claude-code-router 的文件。</translation>
    </message>
    <message>
      <source>Qwen ended this free service in April 2026; a key of DashScope takes its place.</source>
      <translation>Qwen 已于 2026 年 4 月停止这项免费服务；请改用 DashScope 的密钥。</translation>
    </message>
    <message>
      <source>Refuse with this sentence.</source>
      <translation>用这句话拒绝。</translation>
    </message>
    <message>
      <source>Removes `cache_control`, for servers that refuse it.</source>
      <translation>移除 `cache_control`，用于不接受它的服务器。</translation>
    </message>
    <message>
      <source>Repairs tool arguments that are not quite JSON. They arrive whole then, not piece by piece.</source>
      <translation>修复不完全是 JSON 的工具参数。这样它们会整体到达，而不是逐段到达。</translation>
    </message>
    <message>
      <source>Replace it with --force, or choose another name.</source>
      <translation>请用 --force 替换它，或选择其他名称。</translation>
    </message>
    <message>
      <source>Report that the connection works.</source>
      <translation>报告连接正常。</translation>
    </message>
    <message>
      <source>Request %1, %2</source>
      <translation>请求 %1，%2</translation>
    </message>
    <message>
      <source>Requests above `longContextThreshold`.</source>
      <translation>超过 `longContextThreshold` 的请求。</translation>
    </message>
    <message>
      <source>Requests of sub-agents.</source>
      <translation>子智能体的请求。</translation>
    </message>
    <message>
      <source>Requests that ask for much thinking: see `thinkWhen`.</source>
      <translation>要求大量思考的请求：见 `thinkWhen`。</translation>
    </message>
    <message>
      <source>Requests that need it fail until it can be loaded.</source>
      <translation>在能加载它之前，需要它的请求会失败。</translation>
    </message>
    <message>
      <source>Requests that need it fail until that is corrected.</source>
      <translation>修正之前，需要它的请求会失败。</translation>
    </message>
    <message>
      <source>Requests that need it fail. Take it out of this list, give the provider an address for Chat Completions, or write it in Python: docs/writing-plugins.md shows how.</source>
      <translation>需要它的请求会失败。请将它从此列表中移除，或为提供商填写 Chat Completions 的地址，或用 Python 编写：方法见 docs/writing-plugins.md。</translation>
    </message>
    <message>
      <source>Requests with Anthropic's web search tool.</source>
      <translation>带有 Anthropic 网页搜索工具的请求。</translation>
    </message>
    <message>
      <source>Requests would go round for ever: give the provider's own address.</source>
      <translation>请求会永远循环：请给出提供商自己的地址。</translation>
    </message>
    <message>
      <source>Result: %1</source>
      <translation>结果：%1</translation>
    </message>
    <message>
      <source>Route %1</source>
      <translation>路由 %1</translation>
    </message>
    <message>
      <source>Route: %1</source>
      <translation>路由：%1</translation>
    </message>
    <message>
      <source>Router.%1 is not set</source>
      <translation>Router.%1 没有设置</translation>
    </message>
    <message>
      <source>Router.default is not set</source>
      <translation>未设置 Router.default</translation>
    </message>
    <message>
      <source>Router.rules is no list</source>
      <translation>Router.rules 不是列表</translation>
    </message>
    <message>
      <source>Router.webSearch is %1, %2.</source>
      <translation>Router.webSearch 是 %1，%2。</translation>
    </message>
    <message>
      <source>Routes are read in any case: give each its own name.</source>
      <translation>路由不区分大小写：请给每个起不同的名称。</translation>
    </message>
    <message>
      <source>Routes are split at the first comma: leave it out.</source>
      <translation>路由在第一个逗号处拆分：请去掉它。</translation>
    </message>
    <message>
      <source>Routes are written as provider,model: give a name without a comma.</source>
      <translation>路由写作 provider,model：请给出不含逗号的名称。</translation>
    </message>
    <message>
      <source>Routes that the tray offers as main model.</source>
      <translation>托盘菜单中可选为主模型的路由。</translation>
    </message>
    <message>
      <source>Rovo Dev wants an e-mail address and a token</source>
      <translation>Rovo Dev 需要电子邮件地址和令牌</translation>
    </message>
    <message>
      <source>Run `%1` and sign in, then try again.</source>
      <translation>请运行 `%1` 并登录，然后重试。</translation>
    </message>
    <message>
      <source>Run `%1` once and answer its questions, then try again.</source>
      <translation>请运行一次 `%1` 并回答它的问题，然后重试。</translation>
    </message>
    <message>
      <source>Run `ccr keys set %1`.</source>
      <translation>请运行 `ccr keys set %1`。</translation>
    </message>
    <message>
      <source>Run `gcloud auth application-default login`, name the key file of a service account in GOOGLE_APPLICATION_CREDENTIALS, or give the transformer client_email and private_key.</source>
      <translation>请运行 `gcloud auth application-default login`，或在 GOOGLE_APPLICATION_CREDENTIALS 中指定服务账号的密钥文件，或为转换器提供 client_email 和 private_key。</translation>
    </message>
    <message>
      <source>Run the router in a thread of its own, beside the window's.</source>
      <translation>让路由器在独立的线程中运行，与窗口的线程分开。</translation>
    </message>
    <message>
      <source>Save it as UTF-8 in your editor.</source>
      <translation>请在编辑器中保存为 UTF-8。</translation>
    </message>
    <message>
      <source>Save it once more in CC Switch.</source>
      <translation>请在 CC Switch 中重新保存一次。</translation>
    </message>
    <message>
      <source>Say what, or leave it out.</source>
      <translation>请写明内容，或去掉它。</translation>
    </message>
    <message>
      <source>Send a JSON object with model and messages.</source>
      <translation>请发送包含 model 和 messages 的 JSON 对象。</translation>
    </message>
    <message>
      <source>Send it as a data URL or by its address: the router stores no files.</source>
      <translation>请以 data URL 或网址发送：路由器不存储文件。</translation>
    </message>
    <message>
      <source>Send the items themselves: the router keeps no conversations.</source>
      <translation>请发送条目本身：路由器不保存对话。</translation>
    </message>
    <message>
      <source>Send the key as `Authorization: Bearer` instead of `x-api-key`.</source>
      <translation>以 `Authorization: Bearer` 而不是 `x-api-key` 发送密钥。</translation>
    </message>
    <message>
      <source>Send the secret itself, $VARIABLE or keyring:NAME.</source>
      <translation>请发送机密本身、$VARIABLE 或 keyring:NAME。</translation>
    </message>
    <message>
      <source>Sends the limit as `max_completion_tokens`, as newer OpenAI models demand it.</source>
      <translation>以 `max_completion_tokens` 发送长度限制，较新的 OpenAI 模型要求如此。</translation>
    </message>
    <message>
      <source>Set %1, or write the value.</source>
      <translation>请设置 %1，或写出值。</translation>
    </message>
    <message>
      <source>Set APIKEY to listen there.</source>
      <translation>请设置 APIKEY 以便在那里监听。</translation>
    </message>
    <message>
      <source>Set APIKEY, which programs on this computer send.</source>
      <translation>请设置 APIKEY，这台电脑上的程序会发送它。</translation>
    </message>
    <message>
      <source>Set CCR_DESKTOP_HOME to a folder that can be written.</source>
      <translation>请把 CCR_DESKTOP_HOME 设为一个可写入的文件夹。</translation>
    </message>
    <message>
      <source>Set Router.default to a "provider,model" of your providers in the configuration.</source>
      <translation>请在配置中把 Router.default 设为你的提供商的 "provider,model"。</translation>
    </message>
    <message>
      <source>Set Router.webSearch to %1 that can. %2</source>
      <translation>请将 Router.webSearch 设为支持搜索的%1。%2</translation>
    </message>
    <message>
      <source>Set api_key, or "auth": "none" when the server wants no key.</source>
      <translation>请设置 api_key；服务器不需要密钥时设置 "auth": "none"。</translation>
    </message>
    <message>
      <source>Set the clock of this computer.</source>
      <translation>请校准这台电脑的时钟。</translation>
    </message>
    <message>
      <source>Sets how the model chooses its words, whatever the request says.</source>
      <translation>设定模型如何选词，无论请求怎么说。</translation>
    </message>
    <message>
      <source>Settings of CC Switch</source>
      <translation>CC Switch 的设置</translation>
    </message>
    <message>
      <source>Settings of CCR Desktop</source>
      <translation>CCR Desktop 的设置</translation>
    </message>
    <message>
      <source>Settings of claude-code-router</source>
      <translation>claude-code-router 的设置</translation>
    </message>
    <message>
      <source>Settings of claude-code-router 3</source>
      <translation>claude-code-router 3 的设置</translation>
    </message>
    <message>
      <source>Settings of the desktop app.</source>
      <translation>桌面应用的设置。</translation>
    </message>
    <message>
      <source>Shorten the conversation (/compact), or choose a model that takes more.</source>
      <translation>请压缩对话（/compact），或选择上下文窗口更大的模型。</translation>
    </message>
    <message>
      <source>So many failures in a row, and a provider is left alone while another route is left; 0: never.</source>
      <translation>连续失败达到此次数后，只要还有其他路由，就暂停该提供商；0：从不。</translation>
    </message>
    <message>
      <source>So the keys cannot be read. Nothing was deleted.</source>
      <translation>因此无法读取密钥。没有删除任何内容。</translation>
    </message>
    <message>
      <source>Something else is there</source>
      <translation>那里已有别的东西</translation>
    </message>
    <message>
      <source>Start Claude Code for a machine without a user.</source>
      <translation>以无人值守的方式启动 Claude Code。</translation>
    </message>
    <message>
      <source>Start claude-code-router 3 once, so that it writes them.</source>
      <translation>请启动一次 claude-code-router 3，让它写出这些设置。</translation>
    </message>
    <message>
      <source>Start it yourself, and check again.</source>
      <translation>请自行启动，然后再次检查。</translation>
    </message>
    <message>
      <source>Start it, then ask again.</source>
      <translation>请启动它，然后再次询问。</translation>
    </message>
    <message>
      <source>Start the server of %1, or correct its api_base_url.</source>
      <translation>请启动 %1 的服务器，或更正其 api_base_url。</translation>
    </message>
    <message>
      <source>Start the server yourself.</source>
      <translation>请自行启动服务器。</translation>
    </message>
    <message>
      <source>Start without a window, in the tray alone.</source>
      <translation>不显示窗口，只在托盘中启动。</translation>
    </message>
    <message>
      <source>StatusLine is no object</source>
      <translation>StatusLine 不是对象</translation>
    </message>
    <message>
      <source>Stop it, or choose another port with --port, SERVICE_PORT or PORT.</source>
      <translation>请停止它，或用 --port、SERVICE_PORT 或 PORT 选择其他端口。</translation>
    </message>
    <message>
      <source>Stored prompts are only at OpenAI: send instructions.</source>
      <translation>已存储的提示词只在 OpenAI 上：请发送 instructions。</translation>
    </message>
    <message>
      <source>Switch it on again (`ccr providers resume %1`), or name a fallback.</source>
      <translation>请重新打开它（`ccr providers resume %1`），或指定备用。</translation>
    </message>
    <message>
      <source>Switched off: the fallbacks of its routes answer, and its models are not listed.</source>
      <translation>关闭：改由其路由的备用处理，其模型不再列出。</translation>
    </message>
    <message>
      <source>Switches the thinking of models on that have a switch for it, or off.</source>
      <translation>为支持开关思考的模型打开或关闭思考。</translation>
    </message>
    <message>
      <source>System terminal</source>
      <translation>系统终端</translation>
    </message>
    <message>
      <source>Take the provider, too.</source>
      <translation>请同时导入该提供商。</translation>
    </message>
    <message>
      <source>Take the rest without the keys, if you trust who sent it.</source>
      <translation>如果信任发送者，请导入其余内容，不含密钥。</translation>
    </message>
    <message>
      <source>Take the sign-in (`name:password@`) out of the address, or remove the key (`api_key`, or the header Authorization).</source>
      <translation>请从地址中去掉登录信息（`name:password@`），或者移除密钥（`api_key` 或请求头 Authorization）。</translation>
    </message>
    <message>
      <source>Take the sign-in out of api_base_url, or remove the key.</source>
      <translation>请从 api_base_url 中去掉登录信息，或者移除密钥。</translation>
    </message>
    <message>
      <source>Takes `&lt;think&gt;…&lt;/think&gt;` at the start of an answer for the thinking that it is.</source>
      <translation>把回答开头的 `&lt;think&gt;…&lt;/think&gt;` 识别为思考内容。</translation>
    </message>
    <message>
      <source>Terminal in which Claude Code starts; empty: the first that is found.</source>
      <translation>启动 Claude Code 的终端；空：找到的第一个。</translation>
    </message>
    <message>
      <source>Text file that replaces most of Claude Code's system prompt.</source>
      <translation>用来替换 Claude Code 大部分系统提示词的文本文件。</translation>
    </message>
    <message>
      <source>Text is allowed.</source>
      <translation>允许文本。</translation>
    </message>
    <message>
      <source>Text, images and files are.</source>
      <translation>支持文本、图片和文件。</translation>
    </message>
    <message>
      <source>Text, images, and files with their data are.</source>
      <translation>支持文本、图片和带数据的文件。</translation>
    </message>
    <message>
      <source>That disk can only be read</source>
      <translation>该磁盘是只读的</translation>
    </message>
    <message>
      <source>The %1 of this link can't be read</source>
      <translation>无法读取此链接的 %1</translation>
    </message>
    <message>
      <source>The API that it serves, by a name of `docs/providers.md`, where the address does not tell: for gateways and own servers.</source>
      <translation>它提供的 API，用 `docs/providers.md` 中的名称，用于地址无法说明的情况：网关和自己的服务器。</translation>
    </message>
    <message>
      <source>The Claude Code program; empty: `claude` on the PATH.</source>
      <translation>Claude Code 程序；空：PATH 上的 `claude`。</translation>
    </message>
    <message>
      <source>The Google Cloud project is not known</source>
      <translation>不知道 Google Cloud 项目</translation>
    </message>
    <message>
      <source>The Google Cloud project, for accounts that need one.</source>
      <translation>Google Cloud 项目，用于需要它的账户。</translation>
    </message>
    <message>
      <source>The Google Cloud project.</source>
      <translation>Google Cloud 项目。</translation>
    </message>
    <message>
      <source>The Google credentials %1can't be used</source>
      <translation>Google 凭据%1无法使用</translation>
    </message>
    <message>
      <source>The Python file.</source>
      <translation>Python 文件。</translation>
    </message>
    <message>
      <source>The accounts at APIs.</source>
      <translation>各个 API 的账户。</translation>
    </message>
    <message>
      <source>The address of %1 is another one: it gets no old key.</source>
      <translation>%1 的地址已改变：它不会得到旧密钥。</translation>
    </message>
    <message>
      <source>The address of a proxy is allowed.</source>
      <translation>允许代理的地址。</translation>
    </message>
    <message>
      <source>The address of each holds a secret, or leads to one here. Export a file.</source>
      <translation>每个提供商的地址都含有机密，或指向此处的机密。请导出文件。</translation>
    </message>
    <message>
      <source>The agent %1 has no model</source>
      <translation>智能体 %1 没有模型</translation>
    </message>
    <message>
      <source>The app can't make its lock file</source>
      <translation>应用无法创建锁文件</translation>
    </message>
    <message>
      <source>The balance of the account is empty, or the model is not part of its plan.</source>
      <translation>账户余额为空，或该模型不在其套餐内。</translation>
    </message>
    <message>
      <source>The client says how it wants its answer.</source>
      <translation>客户端说明它希望如何得到回答。</translation>
    </message>
    <message>
      <source>The closest name is %1. %2</source>
      <translation>最接近的名称是 %1。%2</translation>
    </message>
    <message>
      <source>The code was not used in time. Nothing was kept: start again.</source>
      <translation>没有及时输入代码。未保存任何内容：请重新开始。</translation>
    </message>
    <message>
      <source>The config of this link can't be read</source>
      <translation>无法读取此链接的配置</translation>
    </message>
    <message>
      <source>The configuration %1 can't be used</source>
      <translation>配置 %1 无法使用</translation>
    </message>
    <message>
      <source>The configuration was not changed.</source>
      <translation>配置未更改。</translation>
    </message>
    <message>
      <source>The disk is full</source>
      <translation>磁盘已满</translation>
    </message>
    <message>
      <source>The download broke off before its end.</source>
      <translation>下载在完成前中断。</translation>
    </message>
    <message>
      <source>The download did not pass the safety check</source>
      <translation>下载的内容未通过安全检查</translation>
    </message>
    <message>
      <source>The download is not complete</source>
      <translation>下载不完整</translation>
    </message>
    <message>
      <source>The failures after which another try is made; any other is told at once. All of: %1.</source>
      <translation>在哪些失败之后再次尝试；其他的立即告知。全部为：%1。</translation>
    </message>
    <message>
      <source>The file</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>The file holds no settings</source>
      <translation>该文件不含设置</translation>
    </message>
    <message>
      <source>The file that opens it is gone: %1. A backup may have it.</source>
      <translation>解密所需的文件不见了：%1。备份中可能有。</translation>
    </message>
    <message>
      <source>The file was changed since it was made</source>
      <translation>该文件在制作后已被更改</translation>
    </message>
    <message>
      <source>The file was made by a newer version</source>
      <translation>该文件由更新的版本制作</translation>
    </message>
    <message>
      <source>The first choice works again.</source>
      <translation>首选模型恢复正常。</translation>
    </message>
    <message>
      <source>The group in use; empty: `Router`.</source>
      <translation>使用中的组；空：`Router`。</translation>
    </message>
    <message>
      <source>The installer could not be started</source>
      <translation>无法启动安装程序</translation>
    </message>
    <message>
      <source>The key %1 is used again</source>
      <translation>密钥 %1 又在使用中</translation>
    </message>
    <message>
      <source>The key of %1</source>
      <translation>%1 的密钥</translation>
    </message>
    <message>
      <source>The key of %1 is for its provider</source>
      <translation>%1 的密钥属于其提供商</translation>
    </message>
    <message>
      <source>The key of %1 is in %2 parts, and some of them are gone.</source>
      <translation>%1 的密钥分为 %2 部分，其中有些不见了。</translation>
    </message>
    <message>
      <source>The key of that account.</source>
      <translation>该账户的密钥。</translation>
    </message>
    <message>
      <source>The key of the provider %1 is still to come</source>
      <translation>提供商 %1 的密钥尚未到来</translation>
    </message>
    <message>
      <source>The keys in the file are damaged</source>
      <translation>文件中的密钥已损坏</translation>
    </message>
    <message>
      <source>The largest answer.</source>
      <translation>最长的回答。</translation>
    </message>
    <message>
      <source>The last one counts; remove the others.</source>
      <translation>以最后一个为准；请移除其他的。</translation>
    </message>
    <message>
      <source>The later one counts; give each its own name.</source>
      <translation>以后面的为准；请给每个起不同的名称。</translation>
    </message>
    <message>
      <source>The list of checksums was changed after it was signed.</source>
      <translation>校验和列表在签名后被更改。</translation>
    </message>
    <message>
      <source>The model behind an ARN that does not name it.</source>
      <translation>ARN 没有写明模型时，它所对应的模型。</translation>
    </message>
    <message>
      <source>The models of %1 can't be listed</source>
      <translation>无法列出 %1 的模型</translation>
    </message>
    <message>
      <source>The new configuration could not be put to use</source>
      <translation>无法启用新配置</translation>
    </message>
    <message>
      <source>The new version can't be downloaded from here</source>
      <translation>无法从这里下载新版本</translation>
    </message>
    <message>
      <source>The new version can't take the place of this one</source>
      <translation>新版本无法替换当前版本</translation>
    </message>
    <message>
      <source>The only one here is a file in plain text, which is not used.</source>
      <translation>这里只有一个明文文件，不予使用。</translation>
    </message>
    <message>
      <source>The package could not be opened</source>
      <translation>无法打开软件包</translation>
    </message>
    <message>
      <source>The page was answered with no. Nothing was kept.</source>
      <translation>在该页面上选择了拒绝。未保存任何内容。</translation>
    </message>
    <message>
      <source>The password store does not answer</source>
      <translation>密码库没有响应</translation>
    </message>
    <message>
      <source>The password store has not given this key yet</source>
      <translation>密码库还没有给出此密钥</translation>
    </message>
    <message>
      <source>The place where new versions are looked for can't be used</source>
      <translation>查看新版本的位置无法使用</translation>
    </message>
    <message>
      <source>The preset %1 belongs to claude-code-router</source>
      <translation>预设 %1 属于 claude-code-router</translation>
    </message>
    <message>
      <source>The preset %1 can't be read</source>
      <translation>无法读取预设 %1</translation>
    </message>
    <message>
      <source>The preset %1 does not ask for %2</source>
      <translation>预设 %1 不要求 %2</translation>
    </message>
    <message>
      <source>The preset %1 is there already</source>
      <translation>预设 %1 已经存在</translation>
    </message>
    <message>
      <source>The preset %1 needs answers</source>
      <translation>预设 %1 需要回答</translation>
    </message>
    <message>
      <source>The preset runs code of its own: %1. Read it first.</source>
      <translation>该预设运行自己的代码：%1。请先阅读它。</translation>
    </message>
    <message>
      <source>The profile %1 in %2 has no access key. %3</source>
      <translation>%2 中的配置 %1 没有访问密钥。%3</translation>
    </message>
    <message>
      <source>The protected file can't be opened</source>
      <translation>无法打开受保护的文件</translation>
    </message>
    <message>
      <source>The protected file is locked</source>
      <translation>受保护的文件已锁定</translation>
    </message>
    <message>
      <source>The protected file is ready</source>
      <translation>受保护的文件已就绪</translation>
    </message>
    <message>
      <source>The protected file may not be read</source>
      <translation>受保护的文件不可读取</translation>
    </message>
    <message>
      <source>The provider %1 has no key</source>
      <translation>提供商 %1 没有密钥</translation>
    </message>
    <message>
      <source>The provider %1 was there: it is changed, not added.</source>
      <translation>提供商 %1 已存在：将更改它，而不是添加。</translation>
    </message>
    <message>
      <source>The provider lists this model but refuses the request: see its message.</source>
      <translation>提供商的列表中有此模型，但它拒绝了请求：见其消息。</translation>
    </message>
    <message>
      <source>The provider speaks Anthropic's own protocol: requests and answers pass through.</source>
      <translation>该提供商使用 Anthropic 自己的协议：请求和回答原样转发。</translation>
    </message>
    <message>
      <source>The provider speaks Chat Completions, as every one does that says nothing else.</source>
      <translation>该提供商使用 Chat Completions，未另作说明的都是如此。</translation>
    </message>
    <message>
      <source>The provider speaks Gemini's own protocol, as Google's address does without it.</source>
      <translation>该提供商使用 Gemini 自己的协议；Google 的地址无需此项即如此。</translation>
    </message>
    <message>
      <source>The provider speaks OpenAI's Responses API; an address of its Chat Completions is changed.</source>
      <translation>该提供商使用 OpenAI 的 Responses API；其 Chat Completions 地址会被更改。</translation>
    </message>
    <message>
      <source>The providers are: %1.</source>
      <translation>现有提供商：%1。</translation>
    </message>
    <message>
      <source>The providers are: %1. `ccr providers add %2` adds one.</source>
      <translation>提供商有：%1。`ccr providers add %2` 可添加一个。</translation>
    </message>
    <message>
      <source>The region, if not that of the address.</source>
      <translation>区域（如果与地址中的不同）。</translation>
    </message>
    <message>
      <source>The region, or `global`.</source>
      <translation>区域，或 `global`。</translation>
    </message>
    <message>
      <source>The release calls itself %1, and what was signed is of another version.</source>
      <translation>此发布自称 %1，而签名的内容属于另一个版本。</translation>
    </message>
    <message>
      <source>The request asks for %1; the providers are: %2.</source>
      <translation>请求指定 %1；提供商有：%2。</translation>
    </message>
    <message>
      <source>The request asks for %1; write "provider,model".</source>
      <translation>请求指定 %1；请写 "provider,model"。</translation>
    </message>
    <message>
      <source>The request body is not valid JSON</source>
      <translation>请求正文不是有效的 JSON</translation>
    </message>
    <message>
      <source>The request body must be a JSON object</source>
      <translation>请求正文必须是 JSON 对象</translation>
    </message>
    <message>
      <source>The request has no body</source>
      <translation>请求没有正文</translation>
    </message>
    <message>
      <source>The request is nested too deeply</source>
      <translation>请求嵌套过深</translation>
    </message>
    <message>
      <source>The request names a provider without a model</source>
      <translation>请求指定了提供商但没有模型</translation>
    </message>
    <message>
      <source>The route sets are: %1.</source>
      <translation>路由组有：%1。</translation>
    </message>
    <message>
      <source>The router can't start</source>
      <translation>路由器无法启动</translation>
    </message>
    <message>
      <source>The router failed on this request. The log says more.</source>
      <translation>路由器处理此请求时出错。详情见日志。</translation>
    </message>
    <message>
      <source>The router is stopping. Ask again once it runs.</source>
      <translation>路由器正在停止。请等它运行后再试。</translation>
    </message>
    <message>
      <source>The router keeps no conversations: send the whole input, with store=false.</source>
      <translation>路由器不保存对话：请发送完整的 input，并设置 store=false。</translation>
    </message>
    <message>
      <source>The router stopped by itself.</source>
      <translation>路由器意外停止。</translation>
    </message>
    <message>
      <source>The routes of this project or session can't be read</source>
      <translation>无法读取此项目或会话的路由</translation>
    </message>
    <message>
      <source>The rule %1 refuses this</source>
      <translation>规则 %1 拒绝此请求</translation>
    </message>
    <message>
      <source>The rule %1 refuses this request</source>
      <translation>规则 %1 拒绝此请求</translation>
    </message>
    <message>
      <source>The rule can never match.</source>
      <translation>这条规则永远不会匹配。</translation>
    </message>
    <message>
      <source>The rule was changed meanwhile</source>
      <translation>规则在此期间已更改</translation>
    </message>
    <message>
      <source>The rules were changed meanwhile</source>
      <translation>这些规则在此期间已更改</translation>
    </message>
    <message>
      <source>The service is not running</source>
      <translation>服务没有运行</translation>
    </message>
    <message>
      <source>The sign-in of %1 can't be used</source>
      <translation>%1 的登录信息无法使用</translation>
    </message>
    <message>
      <source>The signs of much thinking; `any` is all that claude-code-router looked at.</source>
      <translation>需要深入思考的标志；claude-code-router 只看 `any`。</translation>
    </message>
    <message>
      <source>The system forbids it. %1</source>
      <translation>系统不允许。%1</translation>
    </message>
    <message>
      <source>The system refused access to it, so the keys cannot be read. Nothing was deleted.</source>
      <translation>系统拒绝访问，因此无法读取密钥。没有删除任何内容。</translation>
    </message>
    <message>
      <source>The terminal %1</source>
      <translation>终端 %1</translation>
    </message>
    <message>
      <source>The terminal %1 was not found</source>
      <translation>未找到终端 %1</translation>
    </message>
    <message>
      <source>The tool %1 is loaded and can be called now.</source>
      <translation>工具 %1 已加载，现在可以调用。</translation>
    </message>
    <message>
      <source>The transformer %1 can't be made</source>
      <translation>无法创建转换器 %1</translation>
    </message>
    <message>
      <source>The transformer %1 failed</source>
      <translation>转换器 %1 出错</translation>
    </message>
    <message>
      <source>The update source gave no release</source>
      <translation>更新来源没有给出发布信息</translation>
    </message>
    <message>
      <source>The version %1 can't be read</source>
      <translation>无法读取版本 %1</translation>
    </message>
    <message>
      <source>There are %1 providers in it</source>
      <translation>其中有 %1 个提供商</translation>
    </message>
    <message>
      <source>There are %1 things in it</source>
      <translation>其中有 %1 项内容</translation>
    </message>
    <message>
      <source>There are no credentials for Amazon Bedrock</source>
      <translation>没有用于 Amazon Bedrock 的凭据</translation>
    </message>
    <message>
      <source>There is a key named %1 already</source>
      <translation>已有名为 %1 的密钥</translation>
    </message>
    <message>
      <source>There is a protected file already</source>
      <translation>已经有受保护的文件</translation>
    </message>
    <message>
      <source>There is a provider %1 already</source>
      <translation>已经有提供商 %1</translation>
    </message>
    <message>
      <source>There is a route set %1 already</source>
      <translation>已经有路由组 %1</translation>
    </message>
    <message>
      <source>There is more in it than settings are. Export only the settings, or enter them here.</source>
      <translation>其中的内容比设置多得多。请只导出设置，或在此处手动输入。</translation>
    </message>
    <message>
      <source>There is no %1</source>
      <translation>没有 %1</translation>
    </message>
    <message>
      <source>There is no %1 in the file</source>
      <translation>文件中没有 %1</translation>
    </message>
    <message>
      <source>There is no file for this computer</source>
      <translation>没有适合这台电脑的文件</translation>
    </message>
    <message>
      <source>There is no key, and no editor's token for %1 in %2.</source>
      <translation>没有密钥，%2 中也没有编辑器用于 %1 的令牌。</translation>
    </message>
    <message>
      <source>There is no preset %1</source>
      <translation>没有预设 %1</translation>
    </message>
    <message>
      <source>There is no protected file</source>
      <translation>没有受保护的文件</translation>
    </message>
    <message>
      <source>There is no provider %1</source>
      <translation>没有提供商 %1</translation>
    </message>
    <message>
      <source>There is no provider %1 for the key</source>
      <translation>没有该密钥的提供商 %1</translation>
    </message>
    <message>
      <source>There is no provider %1.</source>
      <translation>没有提供商 %1。</translation>
    </message>
    <message>
      <source>There is no provider that a link could bring</source>
      <translation>没有链接可以带来的提供商</translation>
    </message>
    <message>
      <source>There is no route set %1</source>
      <translation>没有路由组 %1</translation>
    </message>
    <message>
      <source>There is no setting %1</source>
      <translation>没有设置 %1</translation>
    </message>
    <message>
      <source>There is no such file or folder</source>
      <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
      <source>There is no such setting here: it is kept, without effect.</source>
      <translation>这里没有这项设置：它会保留，但不起作用。</translation>
    </message>
    <message>
      <source>There is no terminal %1</source>
      <translation>没有终端 %1</translation>
    </message>
    <message>
      <source>There is no version %1</source>
      <translation>没有版本 %1</translation>
    </message>
    <message>
      <source>These are too many settings for a link</source>
      <translation>设置太多，无法放入链接</translation>
    </message>
    <message>
      <source>This GitHub lets nobody sign in with a code. Ask who runs it.</source>
      <translation>该 GitHub 不允许用代码登录。请询问其管理员。</translation>
    </message>
    <message>
      <source>This Google account needs a project of its own</source>
      <translation>此 Google 账号需要自己的项目</translation>
    </message>
    <message>
      <source>This build knows no key that releases are signed with, so that a download could not be trusted. Get the new version from the page of the release.</source>
      <translation>此构建不认识任何用于签名发布的密钥，因此下载的内容无法信任。请从发布页面获取新版本。</translation>
    </message>
    <message>
      <source>This can't be read as a rule</source>
      <translation>这无法作为规则读取</translation>
    </message>
    <message>
      <source>This file is in the list already</source>
      <translation>此文件已在列表中</translation>
    </message>
    <message>
      <source>This is no address</source>
      <translation>这不是地址</translation>
    </message>
    <message>
      <source>This is no address that can be called.</source>
      <translation>这不是可以访问的地址。</translation>
    </message>
    <message>
      <source>This is no link that is known here</source>
      <translation>无法识别这个链接</translation>
    </message>
    <message>
      <source>This is no name of an environment variable</source>
      <translation>这不是环境变量的名称</translation>
    </message>
    <message>
      <source>This is not the passphrase of the file</source>
      <translation>这不是该文件的密码短语</translation>
    </message>
    <message>
      <source>This is not the passphrase of the protected file</source>
      <translation>这不是受保护文件的密码短语</translation>
    </message>
    <message>
      <source>This link brings no provider but %1</source>
      <translation>此链接除 %1 外没有带来提供商</translation>
    </message>
    <message>
      <source>This link can't be read</source>
      <translation>无法读取此链接</translation>
    </message>
    <message>
      <source>This link has characters that links do not have</source>
      <translation>此链接含有链接不该有的字符</translation>
    </message>
    <message>
      <source>This link has no address of a provider</source>
      <translation>此链接没有提供商的地址</translation>
    </message>
    <message>
      <source>This link is damaged</source>
      <translation>此链接已损坏</translation>
    </message>
    <message>
      <source>This link is damaged or too large</source>
      <translation>此链接已损坏或太大</translation>
    </message>
    <message>
      <source>This link is too long</source>
      <translation>此链接太长</translation>
    </message>
    <message>
      <source>This link leads to a file elsewhere, which is not fetched</source>
      <translation>此链接指向别处的文件，不会去获取</translation>
    </message>
    <message>
      <source>This link of CC Switch is not known</source>
      <translation>无法识别这个 CC Switch 链接</translation>
    </message>
    <message>
      <source>This link of CCR Desktop is not known</source>
      <translation>无法识别这个 CCR Desktop 链接</translation>
    </message>
    <message>
      <source>This link of claude-code-router is not known</source>
      <translation>无法识别这个 claude-code-router 链接</translation>
    </message>
    <message>
      <source>This link was made by a newer version</source>
      <translation>此链接由更新的版本制作</translation>
    </message>
    <message>
      <source>This passphrase is no text</source>
      <translation>此密码短语不是文本</translation>
    </message>
    <message>
      <source>This passphrase is too short</source>
      <translation>此密码短语太短</translation>
    </message>
    <message>
      <source>This plugin is no longer in the settings</source>
      <translation>此插件已不在设置中</translation>
    </message>
    <message>
      <source>This request was stopped at the router, as its user asked.</source>
      <translation>此请求已按用户要求在路由器处停止。</translation>
    </message>
    <message>
      <source>This service has no configuration file</source>
      <translation>此服务没有配置文件</translation>
    </message>
    <message>
      <source>This system has no password store</source>
      <translation>此系统没有密码库</translation>
    </message>
    <message>
      <source>This terminal command can't be read</source>
      <translation>无法读取此终端命令</translation>
    </message>
    <message>
      <source>This terminal command runs nothing</source>
      <translation>此终端命令没有运行任何内容</translation>
    </message>
    <message>
      <source>This terminal works.</source>
      <translation>此终端可用。</translation>
    </message>
    <message>
      <source>Those are any of OpenRouter, Gemini, DashScope, Z.ai and Perplexity, OpenAI's over the Responses API, Moonshot's kimi-k2.6, groq/compound, and names that end with :online.</source>
      <translation>可用的有：OpenRouter、Gemini、DashScope、Z.ai 和 Perplexity 的所有模型，通过 Responses API 使用的 OpenAI 模型，Moonshot 的 kimi-k2.6，groq/compound，以及名称以 :online 结尾的模型。</translation>
    </message>
    <message>
      <source>Times: first words %1, all %2</source>
      <translation>时间：首字 %1，全部 %2</translation>
    </message>
    <message>
      <source>Tokens are counted with %1; allowed is the type 'tiktoken'.</source>
      <translation>令牌用 %1 计数；允许类型 'tiktoken'。</translation>
    </message>
    <message>
      <source>Tokens are counted with %1; allowed: %2.</source>
      <translation>令牌用 %1 计数；允许：%2。</translation>
    </message>
    <message>
      <source>Tokens: %1</source>
      <translation>令牌：%1</translation>
    </message>
    <message>
      <source>Too many requests: wait a little, or raise the limit of the account.</source>
      <translation>请求过多：请稍等，或提高账户的限额。</translation>
    </message>
    <message>
      <source>Transformers that run after those of the model.</source>
      <translation>在模型的转换器之后运行的转换器。</translation>
    </message>
    <message>
      <source>Try again later, or another model with --model.</source>
      <translation>请稍后重试，或用 --model 换一个模型。</translation>
    </message>
    <message>
      <source>Try again later.</source>
      <translation>请稍后再试。</translation>
    </message>
    <message>
      <source>Try again, choose another model, or raise the provider's timeout.</source>
      <translation>请重试、选择其他模型，或调高此提供商的超时时间。</translation>
    </message>
    <message>
      <source>Try again, or choose another model.</source>
      <translation>请重试，或选择其他模型。</translation>
    </message>
    <message>
      <source>Try again; a proxy on the way may have changed the answer.</source>
      <translation>请重试；途中的代理可能改动了回答。</translation>
    </message>
    <message>
      <source>US dollars for a million tokens</source>
      <translation>每百万令牌的美元价格</translation>
    </message>
    <message>
      <source>US dollars for a million tokens are allowed, 0 or more.</source>
      <translation>允许每百万令牌的美元价格，0 或更大。</translation>
    </message>
    <message>
      <source>Unlock it to use your keys.</source>
      <translation>解锁它以使用你的密钥。</translation>
    </message>
    <message>
      <source>Until Router.default is set, %1 answers.</source>
      <translation>在设置 Router.default 之前，由 %1 处理。</translation>
    </message>
    <message>
      <source>Until a connection stands.</source>
      <translation>连接建立之前。</translation>
    </message>
    <message>
      <source>Until an answer begins.</source>
      <translation>回答开始之前。</translation>
    </message>
    <message>
      <source>Until it can be read, Claude Code's own prompt is sent.</source>
      <translation>在能读取之前，将发送 Claude Code 自己的提示词。</translation>
    </message>
    <message>
      <source>Until it has one, that of Router answers what it has no route for.</source>
      <translation>在设置之前，它没有路由的请求由 Router 的路由处理。</translation>
    </message>
    <message>
      <source>Until it works, the built-in rules decide.</source>
      <translation>在它能正常工作之前，由内置规则决定。</translation>
    </message>
    <message>
      <source>Update CCR Desktop to read it.</source>
      <translation>请更新 CCR Desktop 以读取它。</translation>
    </message>
    <message>
      <source>Use modalities ["text"].</source>
      <translation>请使用 modalities ["text"]。</translation>
    </message>
    <message>
      <source>Uses Atlassian's Rovo Dev: its key is `EMAIL:API_TOKEN`.</source>
      <translation>使用 Atlassian 的 Rovo Dev：其密钥是 `EMAIL:API_TOKEN`。</translation>
    </message>
    <message>
      <source>Uses GitHub Copilot: the key is the token of a GitHub account; without one, that which an editor keeps counts.</source>
      <translation>使用 GitHub Copilot：密钥是 GitHub 账户的令牌；没有密钥时，使用编辑器保存的令牌。</translation>
    </message>
    <message>
      <source>Uses the sign-in of Google's Gemini CLI (`~/.gemini/oauth_creds.json`).</source>
      <translation>使用 Google 的 Gemini CLI 的登录（`~/.gemini/oauth_creds.json`）。</translation>
    </message>
    <message>
      <source>Uses the sign-in of Qwen Code (`~/.qwen/oauth_creds.json`), where that still serves.</source>
      <translation>使用 Qwen Code 的登录（`~/.qwen/oauth_creds.json`），前提是该服务仍可用。</translation>
    </message>
    <message>
      <source>Version %1 has none that ends in %2 for %3.</source>
      <translation>版本 %1 没有适用于 %3 且以 %2 结尾的文件。</translation>
    </message>
    <message>
      <source>Version %1 is not newer than %2, which runs here.</source>
      <translation>版本 %1 并不比这里运行的 %2 新。</translation>
    </message>
    <message>
      <source>Wait a little, or choose another model.</source>
      <translation>请稍候，或选择其他模型。</translation>
    </message>
    <message>
      <source>What DeepSeek's API wants and refuses, for other addresses that serve it.</source>
      <translation>适配 DeepSeek API 的要求和限制，用于提供它的其他地址。</translation>
    </message>
    <message>
      <source>What GitHub answered, with status %1, can't be understood.</source>
      <translation>无法理解 GitHub 的响应（状态码 %1）。</translation>
    </message>
    <message>
      <source>What Groq's API wants and refuses, for other addresses that serve it.</source>
      <translation>适配 Groq API 的要求和限制，用于提供它的其他地址。</translation>
    </message>
    <message>
      <source>What OpenRouter's API wants; the options are put into every request.</source>
      <translation>适配 OpenRouter API 的要求；选项会加入每个请求。</translation>
    </message>
    <message>
      <source>What `ccr statusline` shows.</source>
      <translation>`ccr statusline` 显示的内容。</translation>
    </message>
    <message>
      <source>What changes requests and answers: `use` for all models, or by model.</source>
      <translation>更改请求和回答的转换器：`use` 用于所有模型，或按模型。</translation>
    </message>
    <message>
      <source>What closing the window does: `background` lets the router run on.</source>
      <translation>关闭窗口的作用：`background` 让路由器继续运行。</translation>
    </message>
    <message>
      <source>What is said is not changed by rules.</source>
      <translation>规则不能更改对话内容。</translation>
    </message>
    <message>
      <source>What it speaks; else the address tells.</source>
      <translation>它使用的协议；否则由地址说明。</translation>
    </message>
    <message>
      <source>What opens it is of another file, computer or user. Keys are to be entered again here.</source>
      <translation>解密所需的内容属于另一个文件、电脑或用户。请在此重新输入密钥。</translation>
    </message>
    <message>
      <source>What the API of Cerebras wants and refuses, for other addresses that serve it.</source>
      <translation>适配 Cerebras API 的要求和限制，用于提供它的其他地址。</translation>
    </message>
    <message>
      <source>What the Vercel AI Gateway wants; the options are put into every request.</source>
      <translation>适配 Vercel AI Gateway 的要求；选项会加入每个请求。</translation>
    </message>
    <message>
      <source>What the rule is called in decisions.</source>
      <translation>规则在决定中的名称。</translation>
    </message>
    <message>
      <source>When another try is made, and when a provider is left alone.</source>
      <translation>何时再次尝试，何时暂停提供商。</translation>
    </message>
    <message>
      <source>Where it looks: an address that answers as GitHub's `releases/latest` does.</source>
      <translation>在哪里查找：一个应答方式与 GitHub 的 `releases/latest` 相同的地址。</translation>
    </message>
    <message>
      <source>Where requests go.</source>
      <translation>请求发往何处。</translation>
    </message>
    <message>
      <source>Where the request goes.</source>
      <translation>请求去往何处。</translation>
    </message>
    <message>
      <source>Where the sign-in is kept, if not in the usual place.</source>
      <translation>登录信息的存放位置（如果不在通常的位置）。</translation>
    </message>
    <message>
      <source>Whether it matches %1 takes too long to find out: try a shorter one.</source>
      <translation>判断是否符合 %1 用时太长：请试试更短的回答。</translation>
    </message>
    <message>
      <source>Whether log files are written.</source>
      <translation>是否写日志文件。</translation>
    </message>
    <message>
      <source>Whether the rule counts; mistakes in one that is off are no errors.</source>
      <translation>规则是否有效；关闭的规则中的错误不算错误。</translation>
    </message>
    <message>
      <source>Which kinds of notifications are shown.</source>
      <translation>显示哪些种类的通知。</translation>
    </message>
    <message>
      <source>Which model answers what.</source>
      <translation>哪个模型处理哪类请求。</translation>
    </message>
    <message>
      <source>Who has one of these keys can use your router, where it can be reached.</source>
      <translation>拥有其中任何一个密钥的人，只要能访问到你的路由器，就可以使用它。</translation>
    </message>
    <message>
      <source>Whoever gets the file can try as long as they like. Use %1 or more</source>
      <translation>得到文件的人可以无限次尝试。请使用 %1 个字符或更多</translation>
    </message>
    <message>
      <source>Whoever reads it has the key. Say --plain when you want that.</source>
      <translation>读取它的都会得到密钥。确实需要时请用 --plain。</translation>
    </message>
    <message>
      <source>Whom a provider asks to wait longer than this asks the next route instead.</source>
      <translation>提供商要求等待的时间超过此值时，改用下一个路由。</translation>
    </message>
    <message>
      <source>Write "%1".</source>
      <translation>请写 "%1"。</translation>
    </message>
    <message>
      <source>Write "%1,MODEL"%2.</source>
      <translation>请写 "%1,MODEL"%2。</translation>
    </message>
    <message>
      <source>Write "EMAIL:API_TOKEN" as api_key; https://id.atlassian.com has tokens.</source>
      <translation>请将 api_key 写成 "EMAIL:API_TOKEN"；令牌可在 https://id.atlassian.com 获取。</translation>
    </message>
    <message>
      <source>Write "http://HOST:PORT"; allowed are %1.</source>
      <translation>请写 "http://HOST:PORT"；允许 %1。</translation>
    </message>
    <message>
      <source>Write "provider,model" with a provider of the list: %1.</source>
      <translation>请写 "provider,model"，其中的提供商从列表中选：%1。</translation>
    </message>
    <message>
      <source>Write "provider,model".</source>
      <translation>请写 "provider,model"。</translation>
    </message>
    <message>
      <source>Write "transformer": {"use": ["%1"]}, and other models into a second provider.</source>
      <translation>请写 "transformer": {"use": ["%1"]}，并把其他模型放到第二个提供商中。</translation>
    </message>
    <message>
      <source>Write %1 where the script belongs, as in "xterm -e %2".</source>
      <translation>请在应放脚本的位置写 %1，例如 "xterm -e %2"。</translation>
    </message>
    <message>
      <source>Write %1.</source>
      <translation>请写成 %1。</translation>
    </message>
    <message>
      <source>Write a list: [{"name": "laptop", "key": "keyring:client-key/laptop"}].</source>
      <translation>请写成列表：[{"name": "laptop", "key": "keyring:client-key/laptop"}]。</translation>
    </message>
    <message>
      <source>Write a name of the list: %1.</source>
      <translation>请写列表中的一个名称：%1。</translation>
    </message>
    <message>
      <source>Write a provider for it, or remove it.</source>
      <translation>请为它写一个提供商，或移除它。</translation>
    </message>
    <message>
      <source>Write an object of routes.</source>
      <translation>请写由路由组成的对象。</translation>
    </message>
    <message>
      <source>Write it as in Desktop.theme.</source>
      <translation>请照 Desktop.theme 的样子写。</translation>
    </message>
    <message>
      <source>Write its name, or leave it out.</source>
      <translation>请写它的名称，或去掉它。</translation>
    </message>
    <message>
      <source>Write the key of your account, "$VARIABLE", or "keyring:NAME".</source>
      <translation>请写你账户的密钥、"$VARIABLE" 或 "keyring:NAME"。</translation>
    </message>
    <message>
      <source>Write the name of the model.</source>
      <translation>请写模型的名称。</translation>
    </message>
    <message>
      <source>Write the names of the members with dots between them.</source>
      <translation>请写成员的名称，中间用点分隔。</translation>
    </message>
    <message>
      <source>Write the whole path, or begin with ~.</source>
      <translation>请写完整路径，或以 ~ 开头。</translation>
    </message>
    <message>
      <source>Write {"default": {"type": "tiktoken", "encoding": "o200k_base"}}.</source>
      <translation>请写 {"default": {"type": "tiktoken", "encoding": "o200k_base"}}。</translation>
    </message>
    <message>
      <source>Write {"field": …, "operator": …} with one of %1.</source>
      <translation>请写 {"field": …, "operator": …}，用 %1 之一。</translation>
    </message>
    <message>
      <source>Write {"id": "apiKey", …}.</source>
      <translation>请写 {"id": "apiKey", …}。</translation>
    </message>
    <message>
      <source>Write {"input": 0.5, "output": 2}, in US dollars for a million tokens.</source>
      <translation>请写 {"input": 0.5, "output": 2}，单位为每百万令牌的美元。</translation>
    </message>
    <message>
      <source>Write {"max_tokens": 8000}: names of members and their values.</source>
      <translation>请写 {"max_tokens": 8000}：成员的名称及其值。</translation>
    </message>
    <message>
      <source>Write {"model": {"input": 0.5, "output": 2}}.</source>
      <translation>请写 {"model": {"input": 0.5, "output": 2}}。</translation>
    </message>
    <message>
      <source>Write {"name": …, "when": {…}, "route": "provider,model"}.</source>
      <translation>请写 {"name": …, "when": {…}, "route": "provider,model"}。</translation>
    </message>
    <message>
      <source>Write {"path": "/path/of/file.py", "options": {…}}.</source>
      <translation>请写 {"path": "/path/of/file.py", "options": {…}}。</translation>
    </message>
    <message>
      <source>Write {"target": "Providers[0].api_key", "value": "#{apiKey}"}.</source>
      <translation>请写 {"target": "Providers[0].api_key", "value": "#{apiKey}"}。</translation>
    </message>
    <message>
      <source>Write {"use": ["name", …]}.</source>
      <translation>请写 {"use": ["name", …]}。</translation>
    </message>
    <message>
      <source>You are a helpful assistant.</source>
      <translation>你是一个乐于助人的助手。</translation>
    </message>
    <message>
      <source>You have a key for it. It would be replaced.</source>
      <translation>你已有它的密钥。该密钥会被替换。</translation>
    </message>
    <message>
      <source>You have a provider %1 %2. It would be replaced.</source>
      <translation>你已有提供商 %1 %2。它会被替换。</translation>
    </message>
    <message>
      <source>Your own rules, in order.</source>
      <translation>你自己的规则，按顺序。</translation>
    </message>
    <message>
      <source>Your own transformers: `{path, options}`.</source>
      <translation>你自己的转换器：`{path, options}`。</translation>
    </message>
    <message>
      <source>Your provider %1 is another and has no %2: take that of the file, too.</source>
      <translation>你的提供商 %1 与文件中的不同，且没有 %2：请一并导入文件中的提供商。</translation>
    </message>
    <message>
      <source>Your share of the disk is used up</source>
      <translation>您的磁盘配额已用完</translation>
    </message>
    <message>
      <source>Your system's password store failed</source>
      <translation>系统的密码库出错</translation>
    </message>
    <message>
      <source>Your system's password store is locked</source>
      <translation>系统的密码库已锁定</translation>
    </message>
    <message>
      <source>Your system's password store is not set up yet</source>
      <translation>系统的密码库还没有设置</translation>
    </message>
    <message>
      <source>Your system's password store is ready</source>
      <translation>系统的密码库已就绪</translation>
    </message>
    <message>
      <source>Yours can't be read now, so it may be the same: unlock where it is stored to compare.</source>
      <translation>你的密钥现在无法读取，因此可能是同一个：请解锁其存放处再比较。</translation>
    </message>
    <message>
      <source>`ccr config check` says what is wrong.</source>
      <translation>`ccr config check` 说明哪里有问题。</translation>
    </message>
    <message>
      <source>`ccr config history` lists them.</source>
      <translation>`ccr config history` 列出它们。</translation>
    </message>
    <message>
      <source>`ccr config show` tells what is there.</source>
      <translation>`ccr config show` 说明有什么。</translation>
    </message>
    <message>
      <source>`ccr keys set %1` keeps one.</source>
      <translation>`ccr keys set %1` 可保存一个。</translation>
    </message>
    <message>
      <source>`ccr keys set %1` stores a key.</source>
      <translation>`ccr keys set %1` 可保存密钥。</translation>
    </message>
    <message>
      <source>`ccr keys set NAME` asks for it; then set keyring:NAME, or $VARIABLE, here.</source>
      <translation>`ccr keys set NAME` 会询问它；然后在此设置 keyring:NAME 或 $VARIABLE。</translation>
    </message>
    <message>
      <source>`ccr keys sign-in PROVIDER` signs in with GitHub.</source>
      <translation>`ccr keys sign-in PROVIDER` 可通过 GitHub 登录。</translation>
    </message>
    <message>
      <source>`ccr preset list` shows all.</source>
      <translation>`ccr preset list` 显示全部。</translation>
    </message>
    <message>
      <source>`ccr providers models %1` lists the models.</source>
      <translation>`ccr providers models %1` 列出模型。</translation>
    </message>
    <message>
      <source>`env` in it is no object</source>
      <translation>其中的 `env` 不是对象</translation>
    </message>
    <message>
      <source>`false` switches thinking off.</source>
      <translation>`false` 关闭思考。</translation>
    </message>
    <message>
      <source>`none` for a server that wants no key.</source>
      <translation>服务器不需要密钥时为 `none`。</translation>
    </message>
    <message>
      <source>`route` says which model answers.</source>
      <translation>`route` 说明由哪个模型应答。</translation>
    </message>
    <message>
      <source>a %1 whose %2 is no text</source>
      <translation>一个 %1，其 %2 不是文本</translation>
    </message>
    <message>
      <source>a boolean</source>
      <translation>布尔值</translation>
    </message>
    <message>
      <source>a certificate in %1 is damaged.</source>
      <translation>%1 中有一个证书已损坏。</translation>
    </message>
    <message>
      <source>a colon is missing behind the key %1</source>
      <translation>键 %1 后面缺少冒号</translation>
    </message>
    <message>
      <source>a comma is missing%1</source>
      <translation>缺少逗号%1</translation>
    </message>
    <message>
      <source>a comma or %1 must stand here instead of %2</source>
      <translation>此处必须是逗号或 %1，而不是 %2</translation>
    </message>
    <message>
      <source>a company's own authority goes into CA_FILE</source>
      <translation>公司自有的证书颁发机构请写入 CA_FILE</translation>
    </message>
    <message>
      <source>a frame holds no event</source>
      <translation>有一帧中没有事件</translation>
    </message>
    <message>
      <source>a frame of %1 bytes</source>
      <translation>一帧的长度为 %1 字节</translation>
    </message>
    <message>
      <source>a header of the request has this value</source>
      <translation>请求的某个标头是这个值</translation>
    </message>
    <message>
      <source>a key in quotation marks must stand here</source>
      <translation>此处必须是引号中的键</translation>
    </message>
    <message>
      <source>a line of more than %1 bytes</source>
      <translation>超过 %1 字节的一行</translation>
    </message>
    <message>
      <source>a list</source>
      <translation>列表</translation>
    </message>
    <message>
      <source>a member of the request's body, by its dotted path, has this value</source>
      <translation>请求正文中以点分路径指明的成员是这个值</translation>
    </message>
    <message>
      <source>a model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>a model has no name.</source>
      <translation>有模型没有名称。</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>数字</translation>
    </message>
    <message>
      <source>a number above 0</source>
      <translation>大于 0 的数</translation>
    </message>
    <message>
      <source>a picture is sent</source>
      <translation>发送了图片</translation>
    </message>
    <message>
      <source>a provider</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>a route "provider,model", or a list of them</source>
      <translation>一个路由 "provider,model"，或其列表</translation>
    </message>
    <message>
      <source>a route set needs a name.</source>
      <translation>路由组需要一个名称。</translation>
    </message>
    <message>
      <source>a script that asks for usage: links bring no code here.</source>
      <translation>询问用量的脚本：链接不会把代码带到这里。</translation>
    </message>
    <message>
      <source>a second message_start was dropped</source>
      <translation>丢弃了重复的 message_start</translation>
    </message>
    <message>
      <source>a span of the day such as 22:00-06:00</source>
      <translation>一天中的一段时间，例如 22:00-06:00</translation>
    </message>
    <message>
      <source>a span such as "22:00-06:00", or a list of them</source>
      <translation>一段时间，例如 "22:00-06:00"，或其列表</translation>
    </message>
    <message>
      <source>a store</source>
      <translation>密钥存储</translation>
    </message>
    <message>
      <source>a string</source>
      <translation>字符串</translation>
    </message>
    <message>
      <source>a string is required</source>
      <translation>必须是字符串</translation>
    </message>
    <message>
      <source>a string or a list of blocks is required</source>
      <translation>必须是字符串或内容块列表</translation>
    </message>
    <message>
      <source>a sub-agent asks</source>
      <translation>子智能体在请求</translation>
    </message>
    <message>
      <source>a sub-agent of this name asks, where it can be known</source>
      <translation>由这个名称的子智能体请求（在能够得知时）</translation>
    </message>
    <message>
      <source>a text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>a text or a list of texts</source>
      <translation>一个文本或文本的列表</translation>
    </message>
    <message>
      <source>a tool call without name and arguments was dropped</source>
      <translation>丢弃了没有名称和参数的工具调用</translation>
    </message>
    <message>
      <source>a tool of this name is offered</source>
      <translation>提供了这个名称的工具</translation>
    </message>
    <message>
      <source>a value must stand here instead of %1</source>
      <translation>此处必须是值，而不是 %1</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>整数</translation>
    </message>
    <message>
      <source>a whole number above 0</source>
      <translation>大于 0 的整数</translation>
    </message>
    <message>
      <source>a whole number of 0 or more is required</source>
      <translation>必须是大于或等于 0 的整数</translation>
    </message>
    <message>
      <source>access token</source>
      <translation>访问令牌</translation>
    </message>
    <message>
      <source>add store</source>
      <translation>添加存储</translation>
    </message>
    <message>
      <source>addresses of pictures</source>
      <translation>图片地址</translation>
    </message>
    <message>
      <source>an HTML page came back instead of JSON</source>
      <translation>返回的是 HTML 页面而不是 JSON</translation>
    </message>
    <message>
      <source>an HTML page came back: %1</source>
      <translation>返回了 HTML 页面：%1</translation>
    </message>
    <message>
      <source>an address</source>
      <translation>一个地址</translation>
    </message>
    <message>
      <source>an empty answer</source>
      <translation>回答为空</translation>
    </message>
    <message>
      <source>an event of more than %1 bytes</source>
      <translation>超过 %1 字节的事件</translation>
    </message>
    <message>
      <source>an event of the provider is not JSON</source>
      <translation>提供商的某个事件不是 JSON</translation>
    </message>
    <message>
      <source>an exchange must be routed before it is answered</source>
      <translation>请求必须先路由才能回答</translation>
    </message>
    <message>
      <source>an image is sent</source>
      <translation>发送了图片</translation>
    </message>
    <message>
      <source>an object</source>
      <translation>一个对象</translation>
    </message>
    <message>
      <source>an object of names and texts, numbers, true or false</source>
      <translation>由名称与文本、数字、true 或 false 组成的对象</translation>
    </message>
    <message>
      <source>another model</source>
      <translation>其他模型</translation>
    </message>
    <message>
      <source>another process holds it</source>
      <translation>另一个进程占用着它</translation>
    </message>
    <message>
      <source>ask again</source>
      <translation>再次询问</translation>
    </message>
    <message>
      <source>at %1</source>
      <translation>位于 %1</translation>
    </message>
    <message>
      <source>at the same address</source>
      <translation>在相同的地址</translation>
    </message>
    <message>
      <source>audio: spoken answers are not possible</source>
      <translation>audio：不支持语音回答</translation>
    </message>
    <message>
      <source>both times are the same, so that nothing is held back.</source>
      <translation>两个时间相同，因此不会屏蔽任何通知。</translation>
    </message>
    <message>
      <source>bots that pass messages on</source>
      <translation>转发消息的机器人</translation>
    </message>
    <message>
      <source>but a rule that comes first chose this model, or the request names it</source>
      <translation>但更靠前的规则选择了这个模型，或请求指定了它</translation>
    </message>
    <message>
      <source>by %1</source>
      <translation>被 %1</translation>
    </message>
    <message>
      <source>by a program that the system does not name</source>
      <translation>被系统未指明的程序</translation>
    </message>
    <message>
      <source>can't be read: %1.</source>
      <translation>无法读取：%1。</translation>
    </message>
    <message>
      <source>changes %1: %2</source>
      <translation>更改 %1：%2</translation>
    </message>
    <message>
      <source>check api_base_url</source>
      <translation>请检查 api_base_url</translation>
    </message>
    <message>
      <source>check api_base_url and proxy_url</source>
      <translation>请检查 api_base_url 和 proxy_url</translation>
    </message>
    <message>
      <source>check api_base_url, api_key and headers</source>
      <translation>请检查 api_base_url、api_key 和 headers</translation>
    </message>
    <message>
      <source>check proxy_url and PROXY_URL</source>
      <translation>请检查 proxy_url 和 PROXY_URL</translation>
    </message>
    <message>
      <source>check the network and PROXY_URL</source>
      <translation>请检查网络和 PROXY_URL</translation>
    </message>
    <message>
      <source>class %1 has</source>
      <translation>类 %1</translation>
    </message>
    <message>
      <source>classes %1 have</source>
      <translation>类 %1</translation>
    </message>
    <message>
      <source>claude-code-router 2: by which vocabulary tokens are counted, `cl100k_base` or `o200k_base`; for all models (`default`), or by model (`models`).</source>
      <translation>claude-code-router 2：用哪个词表计算令牌，`cl100k_base` 或 `o200k_base`；用于所有模型（`default`）或按模型（`models`）。</translation>
    </message>
    <message>
      <source>client_email and private_key belong together</source>
      <translation>client_email 和 private_key 必须同时提供</translation>
    </message>
    <message>
      <source>configMappings: %1 does not fit what is there</source>
      <translation>configMappings：%1 与现有内容不符</translation>
    </message>
    <message>
      <source>configMappings: %1 is no place in a configuration</source>
      <translation>configMappings：%1 不是配置中的位置</translation>
    </message>
    <message>
      <source>connection refused</source>
      <translation>连接被拒绝</translation>
    </message>
    <message>
      <source>custom router</source>
      <translation>自定义路由器</translation>
    </message>
    <message>
      <source>failed: %1: %2</source>
      <translation>失败：%1：%2</translation>
    </message>
    <message>
      <source>fallback routes</source>
      <translation>备用路由</translation>
    </message>
    <message>
      <source>fallback: trying again is what is done here anyway.</source>
      <translation>fallback：这里本来就会自动重试。</translation>
    </message>
    <message>
      <source>fewer tokens than this are sent</source>
      <translation>发送的令牌少于此数</translation>
    </message>
    <message>
      <source>for another %1 min</source>
      <translation>再持续 %1 分钟</translation>
    </message>
    <message>
      <source>for another %1 s</source>
      <translation>再持续 %1 秒</translation>
    </message>
    <message>
      <source>forbids %1: %2</source>
      <translation>禁止 %1：%2</translation>
    </message>
    <message>
      <source>forceUseImageAgent leaves pictures to the image agent</source>
      <translation>forceUseImageAgent 把图片留给图片智能体</translation>
    </message>
    <message>
      <source>forgot to return what it made</source>
      <translation>忘记返回结果</translation>
    </message>
    <message>
      <source>format: %1</source>
      <translation>格式：%1</translation>
    </message>
    <message>
      <source>found %1 without a path.</source>
      <translation>发现 %1，没有路径。</translation>
    </message>
    <message>
      <source>found %1, which is no route set.</source>
      <translation>发现 %1，它不是路由组。</translation>
    </message>
    <message>
      <source>found %1, which names no model.</source>
      <translation>发现 %1，其中没有模型。</translation>
    </message>
    <message>
      <source>found %1, which names no provider.</source>
      <translation>发现 %1，其中没有提供商。</translation>
    </message>
    <message>
      <source>found %1.</source>
      <translation>实际为 %1。</translation>
    </message>
    <message>
      <source>found %1: the comma is missing.</source>
      <translation>发现 %1：缺少逗号。</translation>
    </message>
    <message>
      <source>found %1; there is no such provider.</source>
      <translation>发现 %1；没有这个提供商。</translation>
    </message>
    <message>
      <source>found no list.</source>
      <translation>应为列表。</translation>
    </message>
    <message>
      <source>found no object.</source>
      <translation>应为对象。</translation>
    </message>
    <message>
      <source>found no text.</source>
      <translation>应为文本。</translation>
    </message>
    <message>
      <source>found null.</source>
      <translation>实际为 null。</translation>
    </message>
    <message>
      <source>found something else than texts.</source>
      <translation>其中有非文本的内容。</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>来自 %1</translation>
    </message>
    <message>
      <source>give it one, or an underscore in front when it is no transformer</source>
      <translation>请为它添加 name；如果它不是转换器，请在名称前加下划线</translation>
    </message>
    <message>
      <source>goes on after its end</source>
      <translation>在结尾之后还有内容</translation>
    </message>
    <message>
      <source>has no effect beside %1.</source>
      <translation>与 %1 并存时没有作用。</translation>
    </message>
    <message>
      <source>has no effect beside Providers.</source>
      <translation>与 Providers 并存时没有作用。</translation>
    </message>
    <message>
      <source>has no effect here.</source>
      <translation>在此没有作用。</translation>
    </message>
    <message>
      <source>has no effect without APIKEY: nobody has to send a key.</source>
      <translation>没有 APIKEY 时不起作用：谁都不必发送密钥。</translation>
    </message>
    <message>
      <source>has no id.</source>
      <translation>没有 id。</translation>
    </message>
    <message>
      <source>has no target.</source>
      <translation>没有 target。</translation>
    </message>
    <message>
      <source>has the invisible sign %1 in it.</source>
      <translation>含有看不见的字符 %1。</translation>
    </message>
    <message>
      <source>headers of %1: those for single models have no place here.</source>
      <translation>%1 的标头：这里不支持为单个模型设置标头。</translation>
    </message>
    <message>
      <source>held back</source>
      <translation>被系统暂停</translation>
    </message>
    <message>
      <source>how its balance is asked for: that is not taken from links.</source>
      <translation>如何询问余额：不从链接导入。</translation>
    </message>
    <message>
      <source>https://github.com/settings/copilot shows what this account has.</source>
      <translation>https://github.com/settings/copilot 会显示此账户拥有的内容。</translation>
    </message>
    <message>
      <source>in the configuration file</source>
      <translation>在配置文件中</translation>
    </message>
    <message>
      <source>input: a string or a list of items is required</source>
      <translation>input：必须是字符串或条目列表</translation>
    </message>
    <message>
      <source>is missing or can't be used.</source>
      <translation>缺失或无法使用。</translation>
    </message>
    <message>
      <source>is missing.</source>
      <translation>缺失。</translation>
    </message>
    <message>
      <source>is no condition.</source>
      <translation>不是条件。</translation>
    </message>
    <message>
      <source>is no object</source>
      <translation>不是对象</translation>
    </message>
    <message>
      <source>is there twice (line %1, column %2).</source>
      <translation>出现了两次（第 %1 行第 %2 列）。</translation>
    </message>
    <message>
      <source>it %1.</source>
      <translation>%1。</translation>
    </message>
    <message>
      <source>it can't be made (%1: %2) of these options: %3.</source>
      <translation>无法用这些选项创建（%1：%2）：%3。</translation>
    </message>
    <message>
      <source>it can't be read (%1)</source>
      <translation>无法读取（%1）</translation>
    </message>
    <message>
      <source>it changes other parts of requests than the model.</source>
      <translation>它更改请求中模型以外的部分。</translation>
    </message>
    <message>
      <source>it changes the meaning of the answer</source>
      <translation>它会改变回答的含义</translation>
    </message>
    <message>
      <source>it continues a conversation that only Anthropic's servers hold</source>
      <translation>它要继续的对话只存在于 Anthropic 的服务器上</translation>
    </message>
    <message>
      <source>it defines no class with a text `name` and one of the hooks %1</source>
      <translation>没有定义同时具有文本 `name` 和以下任一钩子的类：%1</translation>
    </message>
    <message>
      <source>it defines no function `route(request, config)`.</source>
      <translation>它没有定义函数 `route(request, config)`。</translation>
    </message>
    <message>
      <source>it ended Node.js while it was loaded</source>
      <translation>它在加载时结束了 Node.js</translation>
    </message>
    <message>
      <source>it exports no class with a `name` and claude-code-router's hooks</source>
      <translation>没有导出具有 `name` 和 claude-code-router 钩子的类</translation>
    </message>
    <message>
      <source>it exports no function (request, config).</source>
      <translation>它没有导出函数 (request, config)。</translation>
    </message>
    <message>
      <source>it forbids nothing.</source>
      <translation>它没有禁止任何内容。</translation>
    </message>
    <message>
      <source>it has no address</source>
      <translation>没有地址</translation>
    </message>
    <message>
      <source>it has no conditions</source>
      <translation>它没有条件</translation>
    </message>
    <message>
      <source>it holds back more than %1 MB of the answer</source>
      <translation>它积压了超过 %1 MB 的回答</translation>
    </message>
    <message>
      <source>it is %1</source>
      <translation>它是 %1</translation>
    </message>
    <message>
      <source>it is a script. Rules here have conditions; a router can be written in Python.</source>
      <translation>它是脚本。这里的规则由条件组成；路由器可以用 Python 编写。</translation>
    </message>
    <message>
      <source>it is not loaded</source>
      <translation>它没有加载</translation>
    </message>
    <message>
      <source>it is resumed</source>
      <translation>它已恢复</translation>
    </message>
    <message>
      <source>it leads to %1, which is no provider and model of the file.</source>
      <translation>它指向 %1，那不是文件中的提供商和模型。</translation>
    </message>
    <message>
      <source>it looks at %1, which conditions here do not.</source>
      <translation>它查看 %1，而这里的条件不查看。</translation>
    </message>
    <message>
      <source>it raised %1</source>
      <translation>它抛出 %1</translation>
    </message>
    <message>
      <source>it redirects to %1</source>
      <translation>它重定向到 %1</translation>
    </message>
    <message>
      <source>it repeats too much</source>
      <translation>重复过多</translation>
    </message>
    <message>
      <source>it took longer than %1 s</source>
      <translation>超过了 %1 秒</translation>
    </message>
    <message>
      <source>it took longer than %1 s to load</source>
      <translation>加载超过了 %1 秒</translation>
    </message>
    <message>
      <source>it took longer than %1 s to make it</source>
      <translation>创建它超过了 %1 秒</translation>
    </message>
    <message>
      <source>it works for providers that speak %1</source>
      <translation>它适用于使用 %1 的提供商</translation>
    </message>
    <message>
      <source>its %1 hooks and no text `name`: %2</source>
      <translation>有钩子却没有文本 `name`（%1）：%2</translation>
    </message>
    <message>
      <source>its address has a sign-in, and there is a key, too</source>
      <translation>它的地址里带有登录信息，同时又设置了密钥</translation>
    </message>
    <message>
      <source>its comparison %1 does not exist here.</source>
      <translation>它的比较方式 %1 在这里不存在。</translation>
    </message>
    <message>
      <source>its extensions</source>
      <translation>其扩展</translation>
    </message>
    <message>
      <source>its name can't be resolved</source>
      <translation>无法解析其名称</translation>
    </message>
    <message>
      <source>its proxy does not answer (%1)</source>
      <translation>它的代理没有响应（%1）</translation>
    </message>
    <message>
      <source>its proxy gave no connection (%1)</source>
      <translation>它的代理没有建立连接（%1）</translation>
    </message>
    <message>
      <source>its proxy refused (%1 %2)</source>
      <translation>它的代理拒绝了请求（%1 %2）</translation>
    </message>
    <message>
      <source>its proxy wants a user name and password (407)</source>
      <translation>其代理需要用户名和密码（407）</translation>
    </message>
    <message>
      <source>its refresh_token is no longer accepted</source>
      <translation>其 refresh_token 已失效</translation>
    </message>
    <message>
      <source>key file</source>
      <translation>密钥文件</translation>
    </message>
    <message>
      <source>key missing</source>
      <translation>缺少密钥</translation>
    </message>
    <message>
      <source>key refused</source>
      <translation>密钥被拒绝</translation>
    </message>
    <message>
      <source>keys for clients (%1): it is not known when they end. Make new ones.</source>
      <translation>客户端密钥（%1）：无法得知何时到期，请重新生成。</translation>
    </message>
    <message>
      <source>keys for clients (%1): they are encrypted. Make new ones.</source>
      <translation>客户端密钥（%1）：已加密，请重新生成。</translation>
    </message>
    <message>
      <source>late keys</source>
      <translation>稍后才有的密钥</translation>
    </message>
    <message>
      <source>left alone after failures</source>
      <translation>多次失败后暂不使用</translation>
    </message>
    <message>
      <source>loading it took longer than %1 s.</source>
      <translation>加载它用了超过 %1 秒。</translation>
    </message>
    <message>
      <source>log writer</source>
      <translation>日志写入器</translation>
    </message>
    <message>
      <source>login shell</source>
      <translation>登录 shell</translation>
    </message>
    <message>
      <source>made a call whose url is no text, or whose body is no bytes</source>
      <translation>生成的调用中 url 不是文本，或 body 不是字节</translation>
    </message>
    <message>
      <source>made a call with a header that is no text: %1</source>
      <translation>生成的调用中有一个请求头不是文本：%1</translation>
    </message>
    <message>
      <source>made a request that can't be sent: %1</source>
      <translation>生成的请求无法发送：%1</translation>
    </message>
    <message>
      <source>made a request without a list of messages</source>
      <translation>生成的请求缺少消息列表</translation>
    </message>
    <message>
      <source>messages.%1: an object is required</source>
      <translation>messages.%1：必须是对象</translation>
    </message>
    <message>
      <source>messages: a list is required</source>
      <translation>messages：必须是列表</translation>
    </message>
    <message>
      <source>messages: at least one message is required</source>
      <translation>messages：至少需要一条消息</translation>
    </message>
    <message>
      <source>messages: there is no text, image or tool result to answer</source>
      <translation>messages：没有可供回答的文本、图片或工具结果</translation>
    </message>
    <message>
      <source>missing or null</source>
      <translation>缺失或为 null</translation>
    </message>
    <message>
      <source>model unknown</source>
      <translation>模型未知</translation>
    </message>
    <message>
      <source>model: a non-empty string is required</source>
      <translation>model：必须是非空字符串</translation>
    </message>
    <message>
      <source>models that are made of several (Fusion)</source>
      <translation>由多个模型组合的模型（Fusion）</translation>
    </message>
    <message>
      <source>more tokens than this are sent</source>
      <translation>发送的令牌多于此数</translation>
    </message>
    <message>
      <source>must be one of %1</source>
      <translation>必须是以下之一：%1</translation>
    </message>
    <message>
      <source>n: only one answer per request is possible</source>
      <translation>n：每个请求只能有一个回答</translation>
    </message>
    <message>
      <source>never from %1</source>
      <translation>绝不来自 %1</translation>
    </message>
    <message>
      <source>no address</source>
      <translation>没有地址</translation>
    </message>
    <message>
      <source>no answer within %1 s</source>
      <translation>%1 秒内没有应答</translation>
    </message>
    <message>
      <source>no answer within %1 s.</source>
      <translation>%1 秒内没有应答。</translation>
    </message>
    <message>
      <source>no complete answer within %1 s</source>
      <translation>%1 秒内没有完整的回答</translation>
    </message>
    <message>
      <source>no connection to %1 (%2)</source>
      <translation>无法连接到 %1（%2）</translation>
    </message>
    <message>
      <source>no list and no object</source>
      <translation>不是列表也不是对象</translation>
    </message>
    <message>
      <source>no log is kept, since %1 can't be written: %2.</source>
      <translation>没有日志，因为无法写入 %1：%2。</translation>
    </message>
    <message>
      <source>no model</source>
      <translation>没有模型</translation>
    </message>
    <message>
      <source>no model is named</source>
      <translation>没有指定模型</translation>
    </message>
    <message>
      <source>no money</source>
      <translation>余额不足</translation>
    </message>
    <message>
      <source>no other rule took %1</source>
      <translation>没有其他规则匹配 %1</translation>
    </message>
    <message>
      <source>no picture is sent</source>
      <translation>没有发送图片</translation>
    </message>
    <message>
      <source>no picture since the last answer</source>
      <translation>自上次回答以来没有图片</translation>
    </message>
    <message>
      <source>no plugin that could be loaded has this name. Not loaded: %1.</source>
      <translation>已加载的插件中没有这个名称。未加载：%1。</translation>
    </message>
    <message>
      <source>no request has more than %1 and fewer than %2 tokens.</source>
      <translation>没有请求的令牌多于 %1 又少于 %2。</translation>
    </message>
    <message>
      <source>no request is known to show %1.</source>
      <translation>已知没有请求会带有 %1。</translation>
    </message>
    <message>
      <source>no request shows %1.</source>
      <translation>没有请求显示 %1。</translation>
    </message>
    <message>
      <source>no sign of thinking</source>
      <translation>没有思考的标志</translation>
    </message>
    <message>
      <source>no signs</source>
      <translation>没有标志</translation>
    </message>
    <message>
      <source>no sub-agent asks</source>
      <translation>没有子智能体在请求</translation>
    </message>
    <message>
      <source>no sub-agent of a known name asks</source>
      <translation>没有已知名称的子智能体在请求</translation>
    </message>
    <message>
      <source>no such key</source>
      <translation>没有这个密钥</translation>
    </message>
    <message>
      <source>no tag in the request</source>
      <translation>请求中没有标签</translation>
    </message>
    <message>
      <source>no time lies in %1, which ends when it begins.</source>
      <translation>%1 的开始和结束相同，不包含任何时间。</translation>
    </message>
    <message>
      <source>no tools</source>
      <translation>不支持工具</translation>
    </message>
    <message>
      <source>no web search among the tools</source>
      <translation>工具中没有网页搜索</translation>
    </message>
    <message>
      <source>nobody knows in which folder the client works</source>
      <translation>不知道客户端在哪个文件夹中工作</translation>
    </message>
    <message>
      <source>none needed</source>
      <translation>不需要</translation>
    </message>
    <message>
      <source>none of %1 in the request</source>
      <translation>请求中没有 %1</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>还没有</translation>
    </message>
    <message>
      <source>not authorized</source>
      <translation>未获授权</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>not known: its signs of thinking are not kept</source>
      <translation>未知：请求的思考标志没有保留</translation>
    </message>
    <message>
      <source>not known: the headers of the request are not kept</source>
      <translation>未知：请求的标头没有保留</translation>
    </message>
    <message>
      <source>not known: the members of the request are not kept</source>
      <translation>未知：请求的其他字段没有保留</translation>
    </message>
    <message>
      <source>not known: the name of the sub-agent is not kept</source>
      <translation>未知：没有保留子智能体的名称</translation>
    </message>
    <message>
      <source>not known: the tokens of the request were not counted</source>
      <translation>未知：没有统计请求的令牌数</translation>
    </message>
    <message>
      <source>not known: the tools of the request are not kept</source>
      <translation>未知：请求的工具没有保留</translation>
    </message>
    <message>
      <source>not known: what was said in the request is not kept</source>
      <translation>未知：请求中说的内容没有保留</translation>
    </message>
    <message>
      <source>not known: whether a prompt of it named a model is not kept</source>
      <translation>未知：提示词是否指定了模型没有保留</translation>
    </message>
    <message>
      <source>not known: whether a sub-agent asked is not kept</source>
      <translation>未知：没有保留是否由子智能体提出</translation>
    </message>
    <message>
      <source>not known: whether it held a picture is not kept</source>
      <translation>未知：请求是否含有图片没有保留</translation>
    </message>
    <message>
      <source>not known: whether it wanted a stream is not kept</source>
      <translation>未知：请求是否要求流式传输没有保留</translation>
    </message>
    <message>
      <source>not known: which tools were called before is not kept</source>
      <translation>未知：之前调用过哪些工具没有保留</translation>
    </message>
    <message>
      <source>not needed</source>
      <translation>不需要</translation>
    </message>
    <message>
      <source>not set</source>
      <translation>未设置</translation>
    </message>
    <message>
      <source>not tried</source>
      <translation>未尝试</translation>
    </message>
    <message>
      <source>nothing answers at %1 (%2)</source>
      <translation>%1 没有响应（%2）</translation>
    </message>
    <message>
      <source>nothing came for %1 s</source>
      <translation>%1 秒内没有收到任何数据</translation>
    </message>
    <message>
      <source>nothing there</source>
      <translation>那里什么也没有</translation>
    </message>
    <message>
      <source>nothing while routeSets is empty</source>
      <translation>routeSets 为空时没有</translation>
    </message>
    <message>
      <source>of %1 </source>
      <translation>（%1）</translation>
    </message>
    <message>
      <source>of the preset %1</source>
      <translation>属于预设 %1</translation>
    </message>
    <message>
      <source>one is stored: write %1%2</source>
      <translation>已保存一个：请写 %1%2</translation>
    </message>
    <message>
      <source>open returned no object with feed or finish</source>
      <translation>open 返回的对象没有 feed 或 finish</translation>
    </message>
    <message>
      <source>plugins for providers</source>
      <translation>提供商的插件</translation>
    </message>
    <message>
      <source>presets %1: see them with `ccr preset list`, use one with `ccr preset apply %2`.</source>
      <translation>预设 %1：用 `ccr preset list` 查看，用 `ccr preset apply %2` 使用其中一个。</translation>
    </message>
    <message>
      <source>process %1</source>
      <translation>进程 %1</translation>
    </message>
    <message>
      <source>projects is no object</source>
      <translation>projects 不是对象</translation>
    </message>
    <message>
      <source>prompt is too long</source>
      <translation>提示词过长</translation>
    </message>
    <message>
      <source>prompt is too long%1. The provider says: </source>
      <translation>提示词过长%1。提供商称：</translation>
    </message>
    <message>
      <source>prompt is too long: %1 tokens &gt; %2 maximum</source>
      <translation>提示词过长：%1 令牌 &gt; 上限 %2</translation>
    </message>
    <message>
      <source>protocol %1: it is not known here; the address tells.</source>
      <translation>协议 %1：这里不认识它；由地址说明。</translation>
    </message>
    <message>
      <source>provider %1 with %2</source>
      <translation>提供商 %1（含 %2）</translation>
    </message>
    <message>
      <source>provider %1: %2</source>
      <translation>提供商 %1：%2</translation>
    </message>
    <message>
      <source>provider %1: %2 is no transformer that is built in. A plugin brings it: take the setting transformers, too.</source>
      <translation>提供商 %1：%2 不是内置的转换器。它由插件提供：请把设置 transformers 也一起接收。</translation>
    </message>
    <message>
      <source>provider %1: %2 is no transformer that is built in. It has an effect only where a plugin of yours brings it.</source>
      <translation>提供商 %1：%2 不是内置的转换器。只有您的某个插件提供它时才有效果。</translation>
    </message>
    <message>
      <source>provider %1: %2 is no transformer that is built in. It has no effect until you add a plugin that brings it.</source>
      <translation>提供商 %1：%2 不是内置的转换器。在您添加提供它的插件之前，它没有效果。</translation>
    </message>
    <message>
      <source>provider %1: it is there twice. The one that counts is offered.</source>
      <translation>提供商 %1：重复出现。采用起作用的那一个。</translation>
    </message>
    <message>
      <source>provider at %1: it has no name.</source>
      <translation>位于 %1 的提供商：没有名称。</translation>
    </message>
    <message>
      <source>proxy: capturing the traffic of other programs does not exist here. Launch Claude Code from CCR Desktop, or set its address with `ccr env`.</source>
      <translation>代理：这里不会截取其他程序的流量。请从 CCR Desktop 启动 Claude Code，或用 `ccr env` 设置其地址。</translation>
    </message>
    <message>
      <source>response_format.json_schema.schema: an object is required</source>
      <translation>response_format.json_schema.schema：必须是对象</translation>
    </message>
    <message>
      <source>returned %1</source>
      <translation>返回了 %1</translation>
    </message>
    <message>
      <source>returned %1; it takes "provider,model" of %2</source>
      <translation>返回了 %1；它接受 %2 的 "provider,model"</translation>
    </message>
    <message>
      <source>returned what can't be read: %1</source>
      <translation>返回了无法读取的内容：%1</translation>
    </message>
    <message>
      <source>route %1: %2</source>
      <translation>路由 %1：%2</translation>
    </message>
    <message>
      <source>routing goes on</source>
      <translation>路由继续</translation>
    </message>
    <message>
      <source>routing is paused %1</source>
      <translation>路由已暂停 %1</translation>
    </message>
    <message>
      <source>routing is paused until %1: the default route answers everything</source>
      <translation>路由暂停至 %1：由默认路由应答一切</translation>
    </message>
    <message>
      <source>rule %1</source>
      <translation>规则 %1</translation>
    </message>
    <message>
      <source>rule %1: %2</source>
      <translation>规则 %1：%2</translation>
    </message>
    <message>
      <source>rule %1: it was switched off, and is left out.</source>
      <translation>规则 %1：它已关闭，被略去。</translation>
    </message>
    <message>
      <source>rules have no such member.</source>
      <translation>规则没有这个成员。</translation>
    </message>
    <message>
      <source>rules is no list</source>
      <translation>rules 不是列表</translation>
    </message>
    <message>
      <source>server plugin %1, which is built in</source>
      <translation>服务器插件 %1（已内置）</translation>
    </message>
    <message>
      <source>server plugin %1: there is none of this name here, so that it has no effect.</source>
      <translation>服务器插件 %1：这里没有这个名称的插件，因此不起作用。</translation>
    </message>
    <message>
      <source>session notes</source>
      <translation>会话记录</translation>
    </message>
    <message>
      <source>set aside</source>
      <translation>已搁置</translation>
    </message>
    <message>
      <source>set up</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>settings %1</source>
      <translation>设置 %1</translation>
    </message>
    <message>
      <source>several calls in an answer</source>
      <translation>一个回答中的多个调用</translation>
    </message>
    <message>
      <source>several keys in the configuration file</source>
      <translation>配置文件中有多个密钥</translation>
    </message>
    <message>
      <source>still running</source>
      <translation>仍在运行</translation>
    </message>
    <message>
      <source>stopped at the router</source>
      <translation>已在路由器处停止</translation>
    </message>
    <message>
      <source>stopping; running requests may end</source>
      <translation>正在停止；进行中的请求可以完成</translation>
    </message>
    <message>
      <source>switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>system messages</source>
      <translation>系统消息</translation>
    </message>
    <message>
      <source>system, developer, user, assistant, tool</source>
      <translation>system、developer、user、assistant、tool</translation>
    </message>
    <message>
      <source>take the sign-in out of api_base_url, or remove the key</source>
      <translation>请从 api_base_url 中去掉登录信息，或者移除密钥</translation>
    </message>
    <message>
      <source>text.format.schema: an object is required</source>
      <translation>text.format.schema：必须是对象</translation>
    </message>
    <message>
      <source>the %1 that belongs to this %2 is missing</source>
      <translation>缺少属于此 %2 的 %1</translation>
    </message>
    <message>
      <source>the OPENAI_… settings, as a provider named openai</source>
      <translation>OPENAI_… 设置，作为名为 openai 的提供商</translation>
    </message>
    <message>
      <source>the address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>the address does not answer as an API</source>
      <translation>该地址没有像 API 那样应答</translation>
    </message>
    <message>
      <source>the address has a sign-in, and there is a key, too: a request has room for one.</source>
      <translation>地址里带有登录信息，同时又设置了密钥：一个请求只能用其中一个。</translation>
    </message>
    <message>
      <source>the answer broke off (%1)</source>
      <translation>回答中断（%1）</translation>
    </message>
    <message>
      <source>the answer could not be translated</source>
      <translation>回答无法转换</translation>
    </message>
    <message>
      <source>the answer had no text</source>
      <translation>回答中没有文本</translation>
    </message>
    <message>
      <source>the answer is empty</source>
      <translation>回答为空</translation>
    </message>
    <message>
      <source>the answer of %1 holds no access_token</source>
      <translation>%1 的回答中没有 access_token</translation>
    </message>
    <message>
      <source>the answer took longer than %1 s</source>
      <translation>回答超过了 %1 秒</translation>
    </message>
    <message>
      <source>the answer was empty</source>
      <translation>回答为空</translation>
    </message>
    <message>
      <source>the arguments of the tool call %1 are broken</source>
      <translation>工具调用 %1 的参数已损坏</translation>
    </message>
    <message>
      <source>the arguments of the tool call %1 are no object</source>
      <translation>工具调用 %1 的参数不是对象</translation>
    </message>
    <message>
      <source>the arguments of the tool call %1 are too large</source>
      <translation>工具调用 %1 的参数过大</translation>
    </message>
    <message>
      <source>the built-in configuration</source>
      <translation>内置配置</translation>
    </message>
    <message>
      <source>the certificate of %1 is not trusted (%2)</source>
      <translation>%1 的证书不受信任（%2）</translation>
    </message>
    <message>
      <source>the checksum of a frame is wrong</source>
      <translation>有一帧的校验和不对</translation>
    </message>
    <message>
      <source>the client asks for the route %1</source>
      <translation>客户端要求路由 %1</translation>
    </message>
    <message>
      <source>the client asks for this model</source>
      <translation>客户端请求这个模型</translation>
    </message>
    <message>
      <source>the client sends a picture</source>
      <translation>客户端发送了图片</translation>
    </message>
    <message>
      <source>the client wants %1 stream</source>
      <translation>客户端想要 %1 流</translation>
    </message>
    <message>
      <source>the client wants a stream</source>
      <translation>客户端想要流</translation>
    </message>
    <message>
      <source>the client went away</source>
      <translation>客户端已断开</translation>
    </message>
    <message>
      <source>the client works in %1</source>
      <translation>客户端在 %1 中工作</translation>
    </message>
    <message>
      <source>the configuration %1 can't be used, the old one stays: %2</source>
      <translation>无法使用配置 %1，旧的继续有效：%2</translation>
    </message>
    <message>
      <source>the configuration %1 is in force%2</source>
      <translation>配置 %1 已生效%2</translation>
    </message>
    <message>
      <source>the configuration could not be watched</source>
      <translation>无法监视配置</translation>
    </message>
    <message>
      <source>the custom router failed</source>
      <translation>自定义路由器失败</translation>
    </message>
    <message>
      <source>the dialect %1 is not part of this version.</source>
      <translation>此版本不支持协议 %1。</translation>
    </message>
    <message>
      <source>the environment variable %1 is not set.</source>
      <translation>未设置环境变量 %1。</translation>
    </message>
    <message>
      <source>the field %1 is asked to be a value and to hold %2.</source>
      <translation>要求字段 %1 既是一个值，又包含 %2。</translation>
    </message>
    <message>
      <source>the field stream is asked to have two different values.</source>
      <translation>要求字段 stream 有两个不同的值。</translation>
    </message>
    <message>
      <source>the file goes on behind its end</source>
      <translation>文件在结尾之后还有内容</translation>
    </message>
    <message>
      <source>the file is empty</source>
      <translation>文件是空的</translation>
    </message>
    <message>
      <source>the file is not text in %1 (line %2).</source>
      <translation>文件不是 %1 文本（第 %2 行）。</translation>
    </message>
    <message>
      <source>the file is not valid JSON5: %1.</source>
      <translation>文件不是有效的 JSON5：%1。</translation>
    </message>
    <message>
      <source>the file must hold an object.</source>
      <translation>文件必须含有一个对象。</translation>
    </message>
    <message>
      <source>the first %1 of %2 are accepted</source>
      <translation>前 %1 个（共 %2 个）已被接受</translation>
    </message>
    <message>
      <source>the header %1 is another</source>
      <translation>标头 %1 不同</translation>
    </message>
    <message>
      <source>the header %1 is asked to have two different values.</source>
      <translation>要求标头 %1 有两个不同的值。</translation>
    </message>
    <message>
      <source>the headers %1 fit</source>
      <translation>标头 %1 符合</translation>
    </message>
    <message>
      <source>the headers of a frame can't be read</source>
      <translation>有一帧的头部无法读取</translation>
    </message>
    <message>
      <source>the key</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>the key begins with the word Bearer, which is added when it is sent.</source>
      <translation>密钥以单词 Bearer 开头，它会在发送时添加。</translation>
    </message>
    <message>
      <source>the key holds a line end or a character that no key has.</source>
      <translation>密钥含有换行或任何密钥都没有的字符。</translation>
    </message>
    <message>
      <source>the key holds a space.</source>
      <translation>密钥含有空格。</translation>
    </message>
    <message>
      <source>the key of %1, which goes to the keyring</source>
      <translation>%1 的密钥，它会存入密钥环</translation>
    </message>
    <message>
      <source>the keys in the file: they stay closed without its passphrase.</source>
      <translation>文件中的密钥：没有密码短语时保持封闭。</translation>
    </message>
    <message>
      <source>the last user message has these words, in any case</source>
      <translation>最后一条用户消息含有这些词（不区分大小写）</translation>
    </message>
    <message>
      <source>the login shell</source>
      <translation>登录 shell</translation>
    </message>
    <message>
      <source>the message contains %1</source>
      <translation>消息含有 %1</translation>
    </message>
    <message>
      <source>the message contains none of the words</source>
      <translation>消息不含其中任何一个词</translation>
    </message>
    <message>
      <source>the model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>the model is %1</source>
      <translation>模型是 %1</translation>
    </message>
    <message>
      <source>the name %1 can't be resolved</source>
      <translation>无法解析名称 %1</translation>
    </message>
    <message>
      <source>the new configuration could not be put to use</source>
      <translation>无法启用新配置</translation>
    </message>
    <message>
      <source>the password store</source>
      <translation>密码库</translation>
    </message>
    <message>
      <source>the path of a file</source>
      <translation>文件的路径</translation>
    </message>
    <message>
      <source>the provider broke off: %1</source>
      <translation>提供商中断了回答：%1</translation>
    </message>
    <message>
      <source>the provider closed the stream before the answer was finished</source>
      <translation>回答尚未结束，提供商就关闭了数据流</translation>
    </message>
    <message>
      <source>the provider reported an error</source>
      <translation>提供商报告了错误</translation>
    </message>
    <message>
      <source>the provider sent %1</source>
      <translation>提供商返回了 %1</translation>
    </message>
    <message>
      <source>the provider sent an empty answer</source>
      <translation>提供商返回了空回答</translation>
    </message>
    <message>
      <source>the provider's answer %1</source>
      <translation>提供商的回答%1</translation>
    </message>
    <message>
      <source>the provider's answer holds no candidates</source>
      <translation>提供商的回答中没有 candidates</translation>
    </message>
    <message>
      <source>the provider's answer holds no choices</source>
      <translation>提供商的回答中没有 choices</translation>
    </message>
    <message>
      <source>the provider's answer holds no message</source>
      <translation>提供商的回答中没有 message</translation>
    </message>
    <message>
      <source>the provider's answer holds no output</source>
      <translation>提供商的回答中没有 output</translation>
    </message>
    <message>
      <source>the provider's answer is no JSON object</source>
      <translation>提供商的回答不是 JSON 对象</translation>
    </message>
    <message>
      <source>the provider's answer is no message</source>
      <translation>提供商的回答不是消息</translation>
    </message>
    <message>
      <source>the provider's answer is too large</source>
      <translation>提供商的回答过大</translation>
    </message>
    <message>
      <source>the provider's filter cut the answer off: %1</source>
      <translation>提供商的过滤器截断了回答：%1</translation>
    </message>
    <message>
      <source>the provider's stream can't be read as JSON</source>
      <translation>提供商的数据流无法按 JSON 读取</translation>
    </message>
    <message>
      <source>the request can't be written (%1)</source>
      <translation>无法写出请求（%1）</translation>
    </message>
    <message>
      <source>the request names %1</source>
      <translation>请求指定 %1</translation>
    </message>
    <message>
      <source>the request shows %1</source>
      <translation>请求显示 %1</translation>
    </message>
    <message>
      <source>the router failed</source>
      <translation>路由器出错</translation>
    </message>
    <message>
      <source>the router failed on this answer; its log says more</source>
      <translation>路由器处理此回答时出错；详情见日志</translation>
    </message>
    <message>
      <source>the router itself listens there (%1:%2).</source>
      <translation>路由器自己在那里监听（%1:%2）。</translation>
    </message>
    <message>
      <source>the router stopped</source>
      <translation>路由器已停止</translation>
    </message>
    <message>
      <source>the service was started already</source>
      <translation>服务已经启动</translation>
    </message>
    <message>
      <source>the session's last prompt had %1 tokens &gt; %2</source>
      <translation>该会话上次的提示词有 %1 令牌 &gt; %2</translation>
    </message>
    <message>
      <source>the status line (Claude Code must call `ccr statusline`)</source>
      <translation>状态栏（Claude Code 必须调用 `ccr statusline`）</translation>
    </message>
    <message>
      <source>the stream ended with an error</source>
      <translation>数据流以错误结束</translation>
    </message>
    <message>
      <source>the sub-agent %1 asks</source>
      <translation>子智能体 %1 在请求</translation>
    </message>
    <message>
      <source>the sub-agent %1 has no route of its own</source>
      <translation>子智能体 %1 没有自己的路由</translation>
    </message>
    <message>
      <source>the sub-agent is %1</source>
      <translation>子智能体是 %1</translation>
    </message>
    <message>
      <source>the tag has no end</source>
      <translation>标签没有结尾</translation>
    </message>
    <message>
      <source>the tag in the prompt names %1</source>
      <translation>提示词中的标签指定 %1</translation>
    </message>
    <message>
      <source>the tag names %1, which no provider serves</source>
      <translation>标签指定 %1，没有提供商提供它</translation>
    </message>
    <message>
      <source>the time is not known</source>
      <translation>时间未知</translation>
    </message>
    <message>
      <source>the time of day here is in this span</source>
      <translation>此处的时刻在这个时段内</translation>
    </message>
    <message>
      <source>the tokens have expired, and there is no refresh_token</source>
      <translation>令牌已过期，且没有 refresh_token</translation>
    </message>
    <message>
      <source>the tool %1 is offered</source>
      <translation>提供了工具 %1</translation>
    </message>
    <message>
      <source>the tool %1 was called</source>
      <translation>调用了工具 %1</translation>
    </message>
    <message>
      <source>the tools</source>
      <translation>工具</translation>
    </message>
    <message>
      <source>the tools offered are %1%2</source>
      <translation>提供的工具是 %1%2</translation>
    </message>
    <message>
      <source>the whole body is smaller than %1 tokens</source>
      <translation>整个正文小于 %1 令牌</translation>
    </message>
    <message>
      <source>the wish for one call at a time</source>
      <translation>一次只调用一个的要求</translation>
    </message>
    <message>
      <source>the word to report</source>
      <translation>要报告的词</translation>
    </message>
    <message>
      <source>there is a sign of thinking, as in thinkWhen</source>
      <translation>有思考的迹象，如 thinkWhen 所列</translation>
    </message>
    <message>
      <source>there is no API %1 in the list.</source>
      <translation>列表中没有 API %1。</translation>
    </message>
    <message>
      <source>there is no colour %1.</source>
      <translation>没有颜色 %1。</translation>
    </message>
    <message>
      <source>there is no condition %1.</source>
      <translation>没有名为 %1 的条件。</translation>
    </message>
    <message>
      <source>there is no condition, so the rule holds for every request.</source>
      <translation>没有条件，因此这条规则对每个请求都有效。</translation>
    </message>
    <message>
      <source>there is no failure %1.</source>
      <translation>没有失败类型 %1。</translation>
    </message>
    <message>
      <source>there is no file %1.</source>
      <translation>没有文件 %1。</translation>
    </message>
    <message>
      <source>there is no folder %1.</source>
      <translation>没有文件夹 %1。</translation>
    </message>
    <message>
      <source>there is no header %1</source>
      <translation>没有标头 %1</translation>
    </message>
    <message>
      <source>there is no key.</source>
      <translation>没有密钥。</translation>
    </message>
    <message>
      <source>there is no placeholder {{%1}}.</source>
      <translation>没有占位符 {{%1}}。</translation>
    </message>
    <message>
      <source>there is no plugin %1.</source>
      <translation>没有插件 %1。</translation>
    </message>
    <message>
      <source>there is no round to go on with</source>
      <translation>没有可以继续的轮次</translation>
    </message>
    <message>
      <source>there is no style %1.</source>
      <translation>没有样式 %1。</translation>
    </message>
    <message>
      <source>there is no such file</source>
      <translation>文件不存在</translation>
    </message>
    <message>
      <source>there is no such folder.</source>
      <translation>没有这个文件夹。</translation>
    </message>
    <message>
      <source>there is no such model in `models`.</source>
      <translation>`models` 中没有这个模型。</translation>
    </message>
    <message>
      <source>there is no such scenario.</source>
      <translation>没有这个场景。</translation>
    </message>
    <message>
      <source>there is no such setting at this place.</source>
      <translation>此处没有这项设置。</translation>
    </message>
    <message>
      <source>there is no such setting, and it holds rules that forbid.</source>
      <translation>没有这项设置，而它含有禁止规则。</translation>
    </message>
    <message>
      <source>there is no such setting.</source>
      <translation>没有这项设置。</translation>
    </message>
    <message>
      <source>there is no transformer %1; it has no effect.</source>
      <translation>没有转换器 %1；它没有作用。</translation>
    </message>
    <message>
      <source>there is no type %1.</source>
      <translation>没有类型 %1。</translation>
    </message>
    <message>
      <source>there is nothing in it</source>
      <translation>内容为空</translation>
    </message>
    <message>
      <source>they would have to be called by Anthropic's servers</source>
      <translation>它们须由 Anthropic 的服务器调用</translation>
    </message>
    <message>
      <source>this can't be read</source>
      <translation>此处无法读取</translation>
    </message>
    <message>
      <source>this comment has no end</source>
      <translation>此注释没有结尾</translation>
    </message>
    <message>
      <source>this folder is worked in, or one inside of it</source>
      <translation>在这个文件夹或其中的文件夹里工作</translation>
    </message>
    <message>
      <source>this is JavaScript, and Node.js, which runs it, was not found. Install Node.js 18 or newer, or write it in Python: docs/writing-plugins.md shows how</source>
      <translation>这是 JavaScript，但没有找到运行它所需的 Node.js。请安装 Node.js 18 或更新版本，或用 Python 编写：方法见 docs/writing-plugins.md</translation>
    </message>
    <message>
      <source>this is a placeholder and no key.</source>
      <translation>这是占位符，不是密钥。</translation>
    </message>
    <message>
      <source>this is an address and no key.</source>
      <translation>这是地址，不是密钥。</translation>
    </message>
    <message>
      <source>this is an address for %1; the provider is said to speak %2.</source>
      <translation>这是用于 %1 的地址；而该提供商被设为使用 %2。</translation>
    </message>
    <message>
      <source>this is neither Python nor JavaScript: its name ends in .py or .js</source>
      <translation>这既不是 Python 也不是 JavaScript：文件名应以 .py 或 .js 结尾</translation>
    </message>
    <message>
      <source>this is nested too deeply</source>
      <translation>嵌套太深</translation>
    </message>
    <message>
      <source>this is no JSON object</source>
      <translation>这不是 JSON 对象</translation>
    </message>
    <message>
      <source>this is no address of a proxy.</source>
      <translation>这不是代理的地址。</translation>
    </message>
    <message>
      <source>this is no address.</source>
      <translation>这不是地址。</translation>
    </message>
    <message>
      <source>this is no header.</source>
      <translation>这不是标头。</translation>
    </message>
    <message>
      <source>this is no object.</source>
      <translation>这不是对象。</translation>
    </message>
    <message>
      <source>this is no plain file.</source>
      <translation>这不是普通文件。</translation>
    </message>
    <message>
      <source>this is not the whole path of a folder.</source>
      <translation>这不是文件夹的完整路径。</translation>
    </message>
    <message>
      <source>this key is empty.</source>
      <translation>此密钥是空的。</translation>
    </message>
    <message>
      <source>this number is too large</source>
      <translation>此数字过大</translation>
    </message>
    <message>
      <source>this rule does nothing.</source>
      <translation>此规则没有任何操作。</translation>
    </message>
    <message>
      <source>this text has no closing quotation mark on its line</source>
      <translation>此文本在该行没有右引号</translation>
    </message>
    <message>
      <source>this value needs quotation marks</source>
      <translation>此值需要引号</translation>
    </message>
    <message>
      <source>tokenizers of the type %1 are not part of this version.</source>
      <translation>此版本不支持类型为 %1 的分词器。</translation>
    </message>
    <message>
      <source>too many requests</source>
      <translation>请求过多</translation>
    </message>
    <message>
      <source>took longer than %1 s</source>
      <translation>用了超过 %1 秒</translation>
    </message>
    <message>
      <source>toolHub: a hub of MCP servers does not exist here.</source>
      <translation>toolHub：这里不支持 MCP 服务器集线器。</translation>
    </message>
    <message>
      <source>tool_choice: %1,%2 can't use tools</source>
      <translation>tool_choice：%1,%2 不能使用工具</translation>
    </message>
    <message>
      <source>tool_choice: this is none that exists</source>
      <translation>tool_choice：指定的工具不存在</translation>
    </message>
    <message>
      <source>tools: a list is required</source>
      <translation>tools：必须是列表</translation>
    </message>
    <message>
      <source>transformers %1</source>
      <translation>转换器 %1</translation>
    </message>
    <message>
      <source>transformers is no list</source>
      <translation>transformers 不是列表</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true 或 false</translation>
    </message>
    <message>
      <source>try again, or choose another model</source>
      <translation>请重试，或选择其他模型</translation>
    </message>
    <message>
      <source>two sign-ins</source>
      <translation>两种登录信息</translation>
    </message>
    <message>
      <source>until it is resumed</source>
      <translation>直到恢复</translation>
    </message>
    <message>
      <source>use file</source>
      <translation>使用文件</translation>
    </message>
    <message>
      <source>user, assistant, system or developer</source>
      <translation>user、assistant、system 或 developer</translation>
    </message>
    <message>
      <source>what Node.js says can't be read, and it is ended</source>
      <translation>无法读取 Node.js 的输出，已将其终止</translation>
    </message>
    <message>
      <source>what is sent contains %1</source>
      <translation>发送的内容含有 %1</translation>
    </message>
    <message>
      <source>what is sent contains none of the words</source>
      <translation>发送的内容不含其中任何一个词</translation>
    </message>
  </context>
  <context>
    <name>CrashNews</name>
    <message>
      <source>CCR Desktop crashed when it ran last. A report, without keys, can be copied for whoever looks into it.</source>
      <translation>CCR Desktop 上次运行时崩溃了。可以复制一份不含密钥的报告，交给查找原因的人。</translation>
    </message>
    <message>
      <source>Copy report</source>
      <translation>复制报告</translation>
    </message>
    <message>
      <source>Something in CCR Desktop failed: {title}. The router goes on.</source>
      <translation>CCR Desktop 中有操作失败：{title}。路由器继续运行。</translation>
    </message>
  </context>
  <context>
    <name>Dialogs</name>
    <message>
      <source>&amp;Look in:</source>
      <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Closing</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Discard what you have entered?</source>
      <translation>放弃已输入的内容？</translation>
    </message>
    <message>
      <source>Files of &amp;type:</source>
      <translation>文件类型(&amp;T)：</translation>
    </message>
    <message>
      <source>It is not saved yet.</source>
      <translation>尚未保存。</translation>
    </message>
    <message>
      <source>Keep editing</source>
      <translation>继续编辑</translation>
    </message>
  </context>
  <context>
    <name>Disclosure</name>
    <message>
      <source>Advanced</source>
      <translation>高级</translation>
    </message>
  </context>
  <context>
    <name>Doctor</name>
    <message>
      <source>A plain `claude` may go elsewhere: {names}.</source>
      <translation>直接运行的 `claude` 可能会连到别处：{names}。</translation>
    </message>
    <message>
      <source>All kinds of notices are switched off.</source>
      <translation>所有种类的通知都已关闭。</translation>
    </message>
    <message>
      <source>All models for the main work are of providers that are switched off.</source>
      <translation>主要工作的所有模型都属于已关闭的提供商。</translation>
    </message>
    <message>
      <source>All of them can be written.</source>
      <translation>全部可以写入。</translation>
    </message>
    <message>
      <source>All of them were loaded.</source>
      <translation>全部已加载。</translation>
    </message>
    <message>
      <source>Allow it</source>
      <translation>允许</translation>
    </message>
    <message>
      <source>Allow the access when the system asks.</source>
      <translation>系统询问时请允许访问。</translation>
    </message>
    <message>
      <source>Allow them in its settings; what is missed stands on the page Home.</source>
      <translation>请在其设置中允许它们；错过的列在主页上。</translation>
    </message>
    <message>
      <source>An older copy of the router ({version}) has port {port}: {holder}.</source>
      <translation>旧版本的路由器（{version}）占用了端口 {port}：{holder}。</translation>
    </message>
    <message>
      <source>Any free port is taken.</source>
      <translation>任何空闲端口都可以。</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>再次询问</translation>
    </message>
    <message>
      <source>At login another copy of the app is started, or one that was moved.</source>
      <translation>登录时启动的是应用的另一份副本，或已被移动的副本。</translation>
    </message>
    <message>
      <source>Before 2.1.223 its list of models leaves out those whose names do not begin with “claude” or “anthropic”.</source>
      <translation>2.1.223 之前的版本，其模型列表会省略名称不以“claude”或“anthropic”开头的模型。</translation>
    </message>
    <message>
      <source>CA_FILE can't be used: {problem}</source>
      <translation>CA_FILE 无法使用：{problem}</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>证书</translation>
    </message>
    <message>
      <source>Certificates of the system and of CA_FILE are trusted.</source>
      <translation>信任系统和 CA_FILE 的证书。</translation>
    </message>
    <message>
      <source>Check PROXY_URL and proxy_url, or connect to its network.</source>
      <translation>请检查 PROXY_URL 和 proxy_url，或连接到它所在的网络。</translation>
    </message>
    <message>
      <source>Choose another model at the provider, which lists those there are.</source>
      <translation>请在提供商处选择另一个模型，那里列出了现有的模型。</translation>
    </message>
    <message>
      <source>Choose one on the page Routes.</source>
      <translation>请在“路由”页上选择一个。</translation>
    </message>
    <message>
      <source>Choose one: page Routes, or `ccr model`.</source>
      <translation>请选择一个：“路由”页面，或 `ccr model`。</translation>
    </message>
    <message>
      <source>Claude Code</source>
      <translation>Claude Code</translation>
    </message>
    <message>
      <source>Claude Code was not found.</source>
      <translation>未找到 Claude Code。</translation>
    </message>
    <message>
      <source>Company networks often replace certificates: add your company's own in Settings, Network.</source>
      <translation>公司网络常常替换证书：请在“设置”的“网络”中添加公司自己的证书。</translation>
    </message>
    <message>
      <source>Company networks often replace certificates: put your company's own into CA_FILE.</source>
      <translation>公司网络常常替换证书：请把公司的证书放入 CA_FILE。</translation>
    </message>
    <message>
      <source>Correct it in Settings, Network, or connect to its network.</source>
      <translation>请在“设置”的“网络”中更正，或连接到它所在的网络。</translation>
    </message>
    <message>
      <source>Correct the variable, or remove it.</source>
      <translation>请更正该变量，或移除它。</translation>
    </message>
    <message>
      <source>Earlier routers</source>
      <translation>之前的路由器</translation>
    </message>
    <message>
      <source>End that program, or use another port, such as {free}.</source>
      <translation>请结束该程序，或使用其他端口，例如 {free}。</translation>
    </message>
    <message>
      <source>Enter a new one at the provider.</source>
      <translation>请在提供商处输入新的密钥。</translation>
    </message>
    <message>
      <source>Enter it at the provider {name}.</source>
      <translation>请在提供商 {name} 处输入。</translation>
    </message>
    <message>
      <source>Enter it at the provider.</source>
      <translation>请在提供商处输入。</translation>
    </message>
    <message>
      <source>Enter its passphrase</source>
      <translation>输入密码短语</translation>
    </message>
    <message>
      <source>Enter them in Settings, Network, or at the provider that has the proxy.</source>
      <translation>请在“设置”的“网络”中填写，或在使用该代理的提供商处填写。</translation>
    </message>
    <message>
      <source>Every provider has its key, or needs none.</source>
      <translation>每个提供商都有密钥，或不需要密钥。</translation>
    </message>
    <message>
      <source>Files of routers that are gone are left for port {ports}.</source>
      <translation>已退出的路由器留下了端口 {ports} 的文件。</translation>
    </message>
    <message>
      <source>Firewall</source>
      <translation>防火墙</translation>
    </message>
    <message>
      <source>Folders of the router</source>
      <translation>路由器的文件夹</translation>
    </message>
    <message>
      <source>Have it start this one.</source>
      <translation>让它启动这一份。</translation>
    </message>
    <message>
      <source>Install it: `{command}`. Or name it: CLAUDE_PATH.</source>
      <translation>请安装它：`{command}`。或指明位置：CLAUDE_PATH。</translation>
    </message>
    <message>
      <source>Install the app again.</source>
      <translation>请重新安装应用。</translation>
    </message>
    <message>
      <source>It answers on {url}, version {version}.</source>
      <translation>它在 {url} 上正常响应，版本 {version}。</translation>
    </message>
    <message>
      <source>It can be taken out. The change is shown first, and can be undone.</source>
      <translation>可以把它取出。会先显示改动，并且可以撤销。</translation>
    </message>
    <message>
      <source>It has no model to try.</source>
      <translation>它没有可供测试的模型。</translation>
    </message>
    <message>
      <source>It has to name a file in PEM form, with lines “-----BEGIN CERTIFICATE-----”.</source>
      <translation>它必须指定一个 PEM 格式的文件，其中有“-----BEGIN CERTIFICATE-----”这样的行。</translation>
    </message>
    <message>
      <source>It is managed: ask whoever administers this computer.</source>
      <translation>它受管理：请询问管理这台电脑的人。</translation>
    </message>
    <message>
      <source>It is managed: only whoever administers this computer can take it out.</source>
      <translation>它由管理员管理：只有这台电脑的管理员可以去掉它。</translation>
    </message>
    <message>
      <source>It is not reached: {problem}.</source>
      <translation>无法连接：{problem}。</translation>
    </message>
    <message>
      <source>It is reached in {time}.</source>
      <translation>{time} 内连接成功。</translation>
    </message>
    <message>
      <source>It is reached, and has trouble of its own ({status}).</source>
      <translation>可以连接，但对方服务有故障（{status}）。</translation>
    </message>
    <message>
      <source>It is reached, and refuses the key ({status}).</source>
      <translation>可以连接，但它拒绝密钥（{status}）。</translation>
    </message>
    <message>
      <source>Its closest model is {name}: choose it at the provider.</source>
      <translation>最接近的模型是 {name}：请在提供商处选择它。</translation>
    </message>
    <message>
      <source>Its port</source>
      <translation>其端口</translation>
    </message>
    <message>
      <source>Keep keys in environment variables or, after an explanation, in a protected file.</source>
      <translation>请把密钥保存在环境变量中，或在说明之后保存在受保护的文件中。</translation>
    </message>
    <message>
      <source>Keep one: `ccr stop --port N` ends another.</source>
      <translation>请只留一个：`ccr stop --port N` 可结束另一个。</translation>
    </message>
    <message>
      <source>Keep one: end another where it was started.</source>
      <translation>保留一个：在启动其他路由器的地方结束它们。</translation>
    </message>
    <message>
      <source>Keys of providers</source>
      <translation>提供商的密钥</translation>
    </message>
    <message>
      <source>Let the system set the time: certificates and signed requests are refused otherwise.</source>
      <translation>请让系统校准时间：否则证书和签名的请求会被拒绝。</translation>
    </message>
    <message>
      <source>Look at Settings, Keys.</source>
      <translation>请查看“设置”中的“密钥”。</translation>
    </message>
    <message>
      <source>Look at the network first, then at its address.</source>
      <translation>请先检查网络，再检查其地址。</translation>
    </message>
    <message>
      <source>Main work</source>
      <translation>主要工作</translation>
    </message>
    <message>
      <source>Make room on that disk: settings are not saved when it is full.</source>
      <translation>请在该磁盘上腾出空间：磁盘已满时无法保存设置。</translation>
    </message>
    <message>
      <source>Make them private</source>
      <translation>设为私有</translation>
    </message>
    <message>
      <source>Make them private: mode 0600.</source>
      <translation>请设为私有：权限 0600。</translation>
    </message>
    <message>
      <source>Make {file} a file that can be read, or move it away.</source>
      <translation>请让 {file} 成为可读的文件，或将其移走。</translation>
    </message>
    <message>
      <source>Network proxy</source>
      <translation>网络代理</translation>
    </message>
    <message>
      <source>No earlier router is left behind.</source>
      <translation>没有遗留之前的路由器。</translation>
    </message>
    <message>
      <source>No firewall was found here. Other devices use {url}.</source>
      <translation>这里没有发现防火墙。其他设备请使用 {url}。</translation>
    </message>
    <message>
      <source>No key is found for {names}.</source>
      <translation>没有找到 {names} 的密钥。</translation>
    </message>
    <message>
      <source>No model is chosen for the main work.</source>
      <translation>没有为主要工作选择模型。</translation>
    </message>
    <message>
      <source>No provider told the time.</source>
      <translation>没有提供商告知时间。</translation>
    </message>
    <message>
      <source>No result within {seconds} s.</source>
      <translation>{seconds} 秒内没有结果。</translation>
    </message>
    <message>
      <source>No settings file of Claude Code leads it elsewhere.</source>
      <translation>Claude Code 的设置文件都没有让它绕过路由器。</translation>
    </message>
    <message>
      <source>No variable leads Claude Code elsewhere.</source>
      <translation>没有环境变量让 Claude Code 绕过路由器。</translation>
    </message>
    <message>
      <source>None are used.</source>
      <translation>没有使用。</translation>
    </message>
    <message>
      <source>Not checked here: the desktop app sees it.</source>
      <translation>此处未检查：由桌面应用查看。</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>通知</translation>
    </message>
    <message>
      <source>On the page Launch, “Review changes…” renews it.</source>
      <translation>在“启动”页上，“查看更改…”会更新它。</translation>
    </message>
    <message>
      <source>Only this computer reaches the router, whatever a firewall says.</source>
      <translation>无论防火墙如何设置，只有这台电脑能访问路由器。</translation>
    </message>
    <message>
      <source>Only you can read them now.</source>
      <translation>现在只有你能读取它们。</translation>
    </message>
    <message>
      <source>Only you can read them.</source>
      <translation>只有你能读取它们。</translation>
    </message>
    <message>
      <source>Only {free} are free for {folder}.</source>
      <translation>{folder} 只剩 {free} 空间。</translation>
    </message>
    <message>
      <source>Open it: `sudo firewall-cmd --permanent --add-port={port}/tcp`, then `sudo firewall-cmd --reload`.</source>
      <translation>放行：`sudo firewall-cmd --permanent --add-port={port}/tcp`，然后 `sudo firewall-cmd --reload`。</translation>
    </message>
    <message>
      <source>Open it: `sudo ufw allow {port}/tcp`.</source>
      <translation>放行：`sudo ufw allow {port}/tcp`。</translation>
    </message>
    <message>
      <source>Others on this computer can read {count} of the router's files: {file}.</source>
      <translation>这台电脑上的其他人可以读取路由器的 {count} 个文件：{file}。</translation>
    </message>
    <message>
      <source>Plugins</source>
      <translation>插件</translation>
    </message>
    <message>
      <source>Port {port} is free.</source>
      <translation>端口 {port} 空闲。</translation>
    </message>
    <message>
      <source>Port {port} is the router's: {holder}.</source>
      <translation>端口 {port} 由路由器使用：{holder}。</translation>
    </message>
    <message>
      <source>Port {port} is used by {holder}.</source>
      <translation>端口 {port} 被 {holder} 占用。</translation>
    </message>
    <message>
      <source>Private files</source>
      <translation>私有文件</translation>
    </message>
    <message>
      <source>Provider {name}</source>
      <translation>提供商 {name}</translation>
    </message>
    <message>
      <source>Providers are reached without a proxy.</source>
      <translation>不经代理连接提供商。</translation>
    </message>
    <message>
      <source>Put them into PROXY_URL or proxy_url: http://name:password@host:port.</source>
      <translation>请写入 PROXY_URL 或 proxy_url：http://用户名:密码@主机:端口。</translation>
    </message>
    <message>
      <source>Remove the line, or start Claude Code from here or with `ccr code`, which set their own.</source>
      <translation>请移除该行，或从这里或用 `ccr code` 启动 Claude Code，它们会自行设置。</translation>
    </message>
    <message>
      <source>Remove the line, or start Claude Code from here: that sets its own.</source>
      <translation>删除这一行，或从这里启动 Claude Code：那样会使用自己的设置。</translation>
    </message>
    <message>
      <source>Remove them</source>
      <translation>移除它们</translation>
    </message>
    <message>
      <source>Removed.</source>
      <translation>已移除。</translation>
    </message>
    <message>
      <source>Restart it</source>
      <translation>重新启动</translation>
    </message>
    <message>
      <source>Restart it, and look at the log.</source>
      <translation>请重启它，并查看日志。</translation>
    </message>
    <message>
      <source>Restart it: `ccr restart`.</source>
      <translation>请重启它：`ccr restart`。</translation>
    </message>
    <message>
      <source>Restart it: stop it and start it at the top.</source>
      <translation>重新启动它：在顶部停止再启动。</translation>
    </message>
    <message>
      <source>Restore the last good version</source>
      <translation>恢复上一个可用版本</translation>
    </message>
    <message>
      <source>Room on the disk</source>
      <translation>磁盘空间</translation>
    </message>
    <message>
      <source>Set NO_PROXY=127.0.0.1,localhost; launches from here do so by themselves.</source>
      <translation>请设置 NO_PROXY=127.0.0.1,localhost；从这里启动会自动这样做。</translation>
    </message>
    <message>
      <source>Set it up</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Set it up here, or in Settings, Keys.</source>
      <translation>在这里设置，或在“设置”的“密钥”中设置。</translation>
    </message>
    <message>
      <source>Set it up in Settings, or with `ccr keys unlock`.</source>
      <translation>请在设置中设置它，或使用 `ccr keys unlock`。</translation>
    </message>
    <message>
      <source>Settings file</source>
      <translation>设置文件</translation>
    </message>
    <message>
      <source>Settings of Claude Code</source>
      <translation>Claude Code 的设置</translation>
    </message>
    <message>
      <source>Start at login</source>
      <translation>登录时启动</translation>
    </message>
    <message>
      <source>Start at login is on here, and switched off in the system's settings.</source>
      <translation>登录时启动在这里已打开，但在系统设置中被关闭。</translation>
    </message>
    <message>
      <source>Start it</source>
      <translation>启动它</translation>
    </message>
    <message>
      <source>Start it: the button at the top.</source>
      <translation>请启动它：顶部的按钮。</translation>
    </message>
    <message>
      <source>Start it: the button in the window, or `ccr start`.</source>
      <translation>请启动它：窗口中的按钮，或 `ccr start`。</translation>
    </message>
    <message>
      <source>Start its server, or correct its address.</source>
      <translation>请启动其服务器，或更正其地址。</translation>
    </message>
    <message>
      <source>Start this one</source>
      <translation>改为启动这一份</translation>
    </message>
    <message>
      <source>Stop it and start again</source>
      <translation>停止它并重新启动</translation>
    </message>
    <message>
      <source>Stop it, then start the router again.</source>
      <translation>请停止它，然后再启动路由器。</translation>
    </message>
    <message>
      <source>Stop the older copy</source>
      <translation>停止旧版本</translation>
    </message>
    <message>
      <source>Switch it on there, or off here.</source>
      <translation>请在那里打开它，或在这里关闭它。</translation>
    </message>
    <message>
      <source>Switch one on, or choose another model.</source>
      <translation>请打开一个，或选择其他模型。</translation>
    </message>
    <message>
      <source>Take `apiKeyHelper` out where only the router is used.</source>
      <translation>只使用路由器时，请去掉 `apiKeyHelper`。</translation>
    </message>
    <message>
      <source>Take it out…</source>
      <translation>取出…</translation>
    </message>
    <message>
      <source>Take the sign-in out of its address, or remove its key.</source>
      <translation>请从它的地址中去掉登录信息，或者移除它的密钥。</translation>
    </message>
    <message>
      <source>Take {names} out of its `env`.</source>
      <translation>请从其 `env` 中去掉 {names}。</translation>
    </message>
    <message>
      <source>The app does not start at login.</source>
      <translation>应用不在登录时启动。</translation>
    </message>
    <message>
      <source>The app starts at login.</source>
      <translation>应用在登录时启动。</translation>
    </message>
    <message>
      <source>The certificate of {names} is not trusted.</source>
      <translation>不信任 {names} 的证书。</translation>
    </message>
    <message>
      <source>The check itself failed: {error}</source>
      <translation>检查本身失败：{error}</translation>
    </message>
    <message>
      <source>The check of certificates says more.</source>
      <translation>证书检查中有更多说明。</translation>
    </message>
    <message>
      <source>The clock</source>
      <translation>时钟</translation>
    </message>
    <message>
      <source>The clock is right.</source>
      <translation>时钟准确。</translation>
    </message>
    <message>
      <source>The clock is {far} ahead of that of providers.</source>
      <translation>时钟比提供商的快 {far}。</translation>
    </message>
    <message>
      <source>The clock is {far} behind that of providers.</source>
      <translation>时钟比提供商的慢 {far}。</translation>
    </message>
    <message>
      <source>The demo answers from within the router.</source>
      <translation>演示提供商由路由器内部提供。</translation>
    </message>
    <message>
      <source>The firewall of Windows</source>
      <translation>Windows 防火墙</translation>
    </message>
    <message>
      <source>The firewall of macOS</source>
      <translation>macOS 防火墙</translation>
    </message>
    <message>
      <source>The icon can be seen.</source>
      <translation>图标可见。</translation>
    </message>
    <message>
      <source>The last good settings are in force again; the file as it was is in the history.</source>
      <translation>上一个可用的设置已重新生效；原来的文件在历史记录中。</translation>
    </message>
    <message>
      <source>The older copy has stopped.</source>
      <translation>旧版本已停止。</translation>
    </message>
    <message>
      <source>The page Launch tells how it is installed, and takes the place where it is.</source>
      <translation>“启动”页说明如何安装，也可以在那里指定它的位置。</translation>
    </message>
    <message>
      <source>The page Launch tells which one is started, and takes another place.</source>
      <translation>“启动”页说明启动的是哪一个，也可以在那里指定另一个位置。</translation>
    </message>
    <message>
      <source>The proxy {proxy} answers.</source>
      <translation>代理 {proxy} 有响应。</translation>
    </message>
    <message>
      <source>The proxy {proxy} does not accept the user name and password.</source>
      <translation>代理 {proxy} 不接受该用户名和密码。</translation>
    </message>
    <message>
      <source>The proxy {proxy} does not answer: {problem}.</source>
      <translation>代理 {proxy} 没有响应：{problem}。</translation>
    </message>
    <message>
      <source>The proxy {proxy} wants a user name and password.</source>
      <translation>代理 {proxy} 需要用户名和密码。</translation>
    </message>
    <message>
      <source>The router answers</source>
      <translation>路由器有响应</translation>
    </message>
    <message>
      <source>The router does not run on {url}.</source>
      <translation>路由器没有在 {url} 上运行。</translation>
    </message>
    <message>
      <source>The router does not run: {problem}.</source>
      <translation>路由器没有运行：{problem}。</translation>
    </message>
    <message>
      <source>The router is off.</source>
      <translation>路由器已关闭。</translation>
    </message>
    <message>
      <source>The router runs on {url}.</source>
      <translation>路由器正在 {url} 上运行。</translation>
    </message>
    <message>
      <source>The router runs, and does not answer on {url}.</source>
      <translation>路由器在运行，但没有在 {url} 上响应。</translation>
    </message>
    <message>
      <source>The router runs.</source>
      <translation>路由器正在运行。</translation>
    </message>
    <message>
      <source>The settings name port {port} now.</source>
      <translation>设置中的端口现在是 {port}。</translation>
    </message>
    <message>
      <source>The store of keys</source>
      <translation>密钥库</translation>
    </message>
    <message>
      <source>The system shows no notices.</source>
      <translation>系统不显示通知。</translation>
    </message>
    <message>
      <source>The system shows notices.</source>
      <translation>系统会显示通知。</translation>
    </message>
    <message>
      <source>The system's certificates are trusted.</source>
      <translation>信任系统的证书。</translation>
    </message>
    <message>
      <source>The window does all that the icon does.</source>
      <translation>图标能做的，窗口都能做。</translation>
    </message>
    <message>
      <source>There is none yet: the built-in settings count.</source>
      <translation>还没有：使用内置设置。</translation>
    </message>
    <message>
      <source>They do no harm, and can be removed.</source>
      <translation>它们没有害处，可以移除。</translation>
    </message>
    <message>
      <source>This copy starts at login now.</source>
      <translation>这份副本现在会在登录时启动。</translation>
    </message>
    <message>
      <source>Tray</source>
      <translation>托盘</translation>
    </message>
    <message>
      <source>Try `claude --version` in a terminal.</source>
      <translation>请在终端中试试 `claude --version`。</translation>
    </message>
    <message>
      <source>Try again after a new login, or keep keys elsewhere.</source>
      <translation>请在重新登录后再试，或把密钥保存在别处。</translation>
    </message>
    <message>
      <source>Try again later, or choose another model at the provider.</source>
      <translation>请稍后再试，或在提供商处选择另一个模型。</translation>
    </message>
    <message>
      <source>Try again later; backup models take over meanwhile.</source>
      <translation>请稍后再试；在此期间由备用模型接替。</translation>
    </message>
    <message>
      <source>Unlock it</source>
      <translation>解锁</translation>
    </message>
    <message>
      <source>Unlock it here, or in Settings, Keys.</source>
      <translation>在这里解锁，或在“设置”的“密钥”中解锁。</translation>
    </message>
    <message>
      <source>Unlock it in Settings, or with `ccr keys unlock`.</source>
      <translation>请在“设置”中或用 `ccr keys unlock` 解锁它。</translation>
    </message>
    <message>
      <source>Update it the way it was installed; what it is stands on the page Launch.</source>
      <translation>用当初安装它的方式更新；它是哪一个，见“启动”页。</translation>
    </message>
    <message>
      <source>Update it: `claude update`, or the way it was installed.</source>
      <translation>请更新它：`claude update`，或按安装时的方式。</translation>
    </message>
    <message>
      <source>Use a protected file</source>
      <translation>使用受保护的文件</translation>
    </message>
    <message>
      <source>Use port {port}</source>
      <translation>使用端口 {port}</translation>
    </message>
    <message>
      <source>Variables</source>
      <translation>变量</translation>
    </message>
    <message>
      <source>Version 1 sends a request whose stream broke off once more at once, and lists no models of other providers.</source>
      <translation>版本 1 在流中断后会立即重发一次请求，并且不列出其他提供商的模型。</translation>
    </message>
    <message>
      <source>Version {running} runs on {url}; installed is {installed}.</source>
      <translation>版本 {running} 在 {url} 上运行；已安装的是 {installed}。</translation>
    </message>
    <message>
      <source>Version {version}.</source>
      <translation>版本 {version}。</translation>
    </message>
    <message>
      <source>Version {version}. {known}</source>
      <translation>版本 {version}。{known}</translation>
    </message>
    <message>
      <source>Where only the router is used, it can be taken out. The change is shown first, and can be undone.</source>
      <translation>只使用路由器时，可以去掉它。改动会先显示出来，并且可以撤销。</translation>
    </message>
    <message>
      <source>Where other devices do not get through, allow CCR Desktop: System Settings, Network, Firewall, Options.</source>
      <translation>如果其他设备无法访问，请允许 CCR Desktop：系统设置 → 网络 → 防火墙 → 选项。</translation>
    </message>
    <message>
      <source>Where other devices do not get through, allow CCR Desktop: Windows Security, Firewall, Allow an app. Or as administrator: `netsh advfirewall firewall add rule name="CCR Desktop" dir=in action=allow protocol=TCP localport={port}`.</source>
      <translation>如果其他设备无法访问，请允许 CCR Desktop：Windows 安全中心 → 防火墙 → 允许应用。或以管理员身份运行：`netsh advfirewall firewall add rule name="CCR Desktop" dir=in action=allow protocol=TCP localport={port}`。</translation>
    </message>
    <message>
      <source>Where other devices do not get through, allow it in /etc/nftables.conf: `tcp dport {port} accept`.</source>
      <translation>如果其他设备无法访问，请在 /etc/nftables.conf 中放行：`tcp dport {port} accept`。</translation>
    </message>
    <message>
      <source>Whether the app starts at login can't be told: {reason}.</source>
      <translation>无法得知应用是否在登录时启动：{reason}。</translation>
    </message>
    <message>
      <source>Windows keeps them to your account.</source>
      <translation>Windows 使它们只属于你的账户。</translation>
    </message>
    <message>
      <source>You can write there again.</source>
      <translation>你又可以在那里写入了。</translation>
    </message>
    <message>
      <source>`ccr config check` tells all of it.</source>
      <translation>`ccr config check` 说明全部内容。</translation>
    </message>
    <message>
      <source>`ccr env --permanent`, or the switch on the page Launch, renews it.</source>
      <translation>`ccr env --permanent` 或“启动”页面上的开关可更新它。</translation>
    </message>
    <message>
      <source>`ccr keys set {name}` gives it a new one.</source>
      <translation>`ccr keys set {name}` 可给它新的密钥。</translation>
    </message>
    <message>
      <source>`ccr keys set {name}` stores one.</source>
      <translation>`ccr keys set {name}` 可保存一个。</translation>
    </message>
    <message>
      <source>{count} routers run at once.</source>
      <translation>有 {count} 个路由器同时运行。</translation>
    </message>
    <message>
      <source>{days} days</source>
      <translation>{days} 天</translation>
    </message>
    <message>
      <source>{file} gives Claude Code another key than the router's: {keys}.</source>
      <translation>{file} 给了 Claude Code 另一个密钥，而不是路由器的密钥：{keys}。</translation>
    </message>
    <message>
      <source>{file} has Claude Code ask a program for a key (apiKeyHelper). It works all the same, as the router gets its own key, too; but Claude Code warns that two are set.</source>
      <translation>{file} 让 Claude Code 向一个程序要密钥（apiKeyHelper）。路由器也会收到自己的密钥，所以照样可用；但 Claude Code 会提示设置了两个密钥。</translation>
    </message>
    <message>
      <source>{file} leads Claude Code elsewhere ({places}), and with another key ({keys}).</source>
      <translation>{file} 把 Claude Code 引向别处（{places}），并且用了另一个密钥（{keys}）。</translation>
    </message>
    <message>
      <source>{file} leads Claude Code elsewhere: {places}.</source>
      <translation>{file} 把 Claude Code 引向别处：{places}。</translation>
    </message>
    <message>
      <source>{file} leads to an earlier address of this router.</source>
      <translation>{file} 指向此路由器以前的地址。</translation>
    </message>
    <message>
      <source>{folder} can't be written: {problem}.</source>
      <translation>无法写入 {folder}：{problem}。</translation>
    </message>
    <message>
      <source>{free} are free, the logs take {logs}.</source>
      <translation>剩余 {free}，日志占用 {logs}。</translation>
    </message>
    <message>
      <source>{hint}</source>
      <translation>{hint}</translation>
    </message>
    <message>
      <source>{hours} hours</source>
      <translation>{hours} 小时</translation>
    </message>
    <message>
      <source>{minutes} minutes</source>
      <translation>{minutes} 分钟</translation>
    </message>
    <message>
      <source>{model} answers and uses tools.</source>
      <translation>{model} 有回答，并能使用工具。</translation>
    </message>
    <message>
      <source>{model} of {provider} is asked first.</source>
      <translation>首先询问 {provider} 的 {model}。</translation>
    </message>
    <message>
      <source>{name} is on. Whether it lets other devices in on port {port} can't be seen here. {way}</source>
      <translation>{name} 已开启。这里无法得知它是否允许其他设备访问端口 {port}。{way}</translation>
    </message>
    <message>
      <source>{name} keeps other devices from port {port}.</source>
      <translation>{name} 阻止其他设备访问端口 {port}。</translation>
    </message>
    <message>
      <source>{name} lets other devices in, on {url}.</source>
      <translation>{name} 允许其他设备访问 {url}。</translation>
    </message>
    <message>
      <source>{name} names a file that is not there.</source>
      <translation>{name} 指明的文件不存在。</translation>
    </message>
    <message>
      <source>{name} would send a plain `claude` to the proxy, not to the router.</source>
      <translation>{name} 会让直接运行的 `claude` 连接到代理，而不是路由器。</translation>
    </message>
    <message>
      <source>{path} does not tell its version.</source>
      <translation>{path} 没有告知其版本。</translation>
    </message>
    <message>
      <source>{problem}</source>
      <translation>{problem}</translation>
    </message>
    <message>
      <source>{problem}.</source>
      <translation>{problem}。</translation>
    </message>
    <message>
      <source>{program}, which is to start at login, is not there.</source>
      <translation>应在登录时启动的 {program} 不存在。</translation>
    </message>
    <message>
      <source>{remedy}</source>
      <translation>{remedy}</translation>
    </message>
    <message>
      <source>{source} can't be used: {problem}</source>
      <translation>无法使用 {source}：{problem}</translation>
    </message>
    <message>
      <source>{source} is in order.</source>
      <translation>{source} 正常。</translation>
    </message>
    <message>
      <source>{store} is ready.</source>
      <translation>已就绪：{store}。</translation>
    </message>
    <message>
      <source>{title}. {message}</source>
      <translation>{title}。{message}</translation>
    </message>
    <message>
      <source>{title}. {text}</source>
      <translation>{title}。{text}</translation>
    </message>
    <message>
      <source>{way_out}</source>
      <translation>{way_out}</translation>
    </message>
    <message>
      <source>“Show” leads to the first one.</source>
      <translation>“显示”会带你到第一处。</translation>
    </message>
    <message>
      <source>“Show” leads to the place.</source>
      <translation>“显示”会带你到那里。</translation>
    </message>
  </context>
  <context>
    <name>DraftNews</name>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>The app ended before your text of the settings file was saved ({when}).</source>
      <translation>应用在您保存设置文件的文本之前就结束了（{when}）。</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>It stays as it is now. Earlier versions are in the history.</source>
      <translation>它保持现状。更早的版本在历史记录中。</translation>
    </message>
    <message>
      <source>Nothing was restored: the settings stay as they are.</source>
      <translation>未恢复任何内容：设置保持不变。</translation>
    </message>
    <message>
      <source>That version can't be used</source>
      <translation>无法使用该版本</translation>
    </message>
    <message>
      <source>The file as it was before that can't be used</source>
      <translation>此前的文件无法使用</translation>
    </message>
    <message>
      <source>The settings were changed elsewhere since</source>
      <translation>设置此后已在别处更改</translation>
    </message>
    <message>
      <source>This step would lose that. Earlier states are in the history.</source>
      <translation>此步骤会丢失该更改。更早的状态在历史记录中。</translation>
    </message>
  </context>
  <context>
    <name>FailoverPresenter</name>
    <message>
      <source>Changed which failures count</source>
      <translation>已更改计入的失败</translation>
    </message>
  </context>
  <context>
    <name>FailoverView</name>
    <message>
      <source>A provider that asks to wait longer is passed over.</source>
      <translation>要求等待更久的提供商会被跳过。</translation>
    </message>
    <message>
      <source>After any other one nobody else is asked, and Claude Code is told at once.</source>
      <translation>遇到其他失败时不再尝试别的模型，而是立即告知 Claude Code。</translation>
    </message>
    <message>
      <source>After so many failures in a row</source>
      <translation>连续失败这么多次之后</translation>
    </message>
    <message>
      <source>Another try</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>For so long</source>
      <translation>持续时间</translation>
    </message>
    <message>
      <source>How often one model is asked</source>
      <translation>同一模型尝试的次数</translation>
    </message>
    <message>
      <source>Its backup models answer at once, and nobody waits for it. It is used as before as soon as it answers again. Without a backup model it is asked all the same.</source>
      <translation>由其备用模型立即接替，不再等待它。它一旦恢复响应，就照常使用。没有备用模型时仍会请求它。</translation>
    </message>
    <message>
      <source>Leave a provider alone that keeps failing</source>
      <translation>暂停一再失败的提供商</translation>
    </message>
    <message>
      <source>Longest wait</source>
      <translation>最长等待</translation>
    </message>
    <message>
      <source>No failure counts now: backup models never answer.</source>
      <translation>现在没有任何失败会计入：备用模型永远不会应答。</translation>
    </message>
    <message>
      <source>Providers in trouble</source>
      <translation>有故障的提供商</translation>
    </message>
    <message>
      <source>Then its first backup model takes over. 1: at once.</source>
      <translation>之后由第一个备用模型接替。1：立即。</translation>
    </message>
    <message>
      <source>What happens before a backup model answers. It holds for all routes, and only while nothing of an answer has reached Claude Code.</source>
      <translation>备用模型应答之前会发生什么。适用于所有路由，且只在回答还没有任何内容到达 Claude Code 时。</translation>
    </message>
    <message>
      <source>Which failures count</source>
      <translation>计入哪些失败</translation>
    </message>
  </context>
  <context>
    <name>FavouritesCard</name>
    <message>
      <source>Add a model</source>
      <translation>添加模型</translation>
    </message>
    <message>
      <source>Models that the tray offers for the main work, in this order.</source>
      <translation>托盘为主要工作提供的模型，按此顺序。</translation>
    </message>
    <message>
      <source>Quick choices</source>
      <translation>快捷选择</translation>
    </message>
  </context>
  <context>
    <name>Figures</name>
    <message>
      <source>just now</source>
      <translation>刚刚</translation>
    </message>
    <message>
      <source>yesterday</source>
      <translation>昨天</translation>
    </message>
    <message>
      <source>{n} days ago</source>
      <translation>{n} 天前</translation>
    </message>
    <message>
      <source>{n} h ago</source>
      <translation>{n} 小时前</translation>
    </message>
    <message>
      <source>{n} min ago</source>
      <translation>{n} 分钟前</translation>
    </message>
  </context>
  <context>
    <name>FileFacts</name>
    <message>
      <source>In the file</source>
      <translation>在文件中</translation>
    </message>
    <message>
      <source>Not set</source>
      <translation>未设置</translation>
    </message>
  </context>
  <context>
    <name>FilesPresenter</name>
    <message>
      <source>Looking at the files</source>
      <translation>查看文件</translation>
    </message>
  </context>
  <context>
    <name>FilterPicker</name>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
  </context>
  <context>
    <name>FilterRow</name>
    <message>
      <source>All kinds of work</source>
      <translation>所有工作类型</translation>
    </message>
    <message>
      <source>All providers</source>
      <translation>所有提供商</translation>
    </message>
    <message>
      <source>All results</source>
      <translation>所有结果</translation>
    </message>
    <message>
      <source>Answered</source>
      <translation>已应答</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Kind of work</source>
      <translation>工作类型</translation>
    </message>
    <message>
      <source>On a backup</source>
      <translation>使用备用模型</translation>
    </message>
    <message>
      <source>Provider</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>运行中</translation>
    </message>
    <message>
      <source>Search requests</source>
      <translation>搜索请求</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
  </context>
  <context>
    <name>FindBar</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Find in the text</source>
      <translation>在文本中查找</translation>
    </message>
    <message>
      <source>Next match</source>
      <translation>下一个匹配</translation>
    </message>
    <message>
      <source>Previous match</source>
      <translation>上一个匹配</translation>
    </message>
    <message>
      <source>{count} found</source>
      <translation>找到 {count} 个</translation>
    </message>
  </context>
  <context>
    <name>FirstDayCard</name>
    <message>
      <source>First steps</source>
      <translation>入门</translation>
    </message>
    <message>
      <source>Hide</source>
      <translation>隐藏</translation>
    </message>
    <message>
      <source>Import settings…</source>
      <translation>导入设置…</translation>
    </message>
    <message>
      <source>Open the set-up assistant</source>
      <translation>打开设置助手</translation>
    </message>
    <message>
      <source>{done} of {all} done</source>
      <translation>{all} 项中已完成 {done} 项</translation>
    </message>
  </context>
  <context>
    <name>FirstSteps</name>
    <message>
      <source>Add a provider</source>
      <translation>添加提供商</translation>
    </message>
    <message>
      <source>Add provider</source>
      <translation>添加提供商</translation>
    </message>
    <message>
      <source>Choose models</source>
      <translation>选择模型</translation>
    </message>
    <message>
      <source>Four short checks: address, key, model and tools.</source>
      <translation>四项简短检查：地址、密钥、模型和工具。</translation>
    </message>
    <message>
      <source>In a folder of yours, answered by your models.</source>
      <translation>在你的文件夹中，由你的模型应答。</translation>
    </message>
    <message>
      <source>Launch</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Launch Claude Code</source>
      <translation>启动 Claude Code</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Test it</source>
      <translation>测试它</translation>
    </message>
    <message>
      <source>The service or program that answers, such as DeepSeek or Ollama.</source>
      <translation>负责应答的服务或程序，例如 DeepSeek 或 Ollama。</translation>
    </message>
    <message>
      <source>Which model does the main work, and which the small jobs.</source>
      <translation>哪个模型做主要工作，哪个做小任务。</translation>
    </message>
  </context>
  <context>
    <name>FixCard</name>
    <message>
      <source>(can't be read)</source>
      <translation>（无法读取）</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>上移</translation>
    </message>
    <message>
      <source>Of a plugin, or not known here.</source>
      <translation>来自插件，或此处未知。</translation>
    </message>
    <message>
      <source>Remove {name}</source>
      <translation>移除 {name}</translation>
    </message>
  </context>
  <context>
    <name>FixOptions</name>
    <message>
      <source>Line {line}, column {column} can't be read.</source>
      <translation>第 {line} 行第 {column} 列无法读取。</translation>
    </message>
    <message>
      <source>Options, as JSON</source>
      <translation>选项（JSON）</translation>
    </message>
    <message>
      <source>This is no JSON object. Write {"name": value, …}.</source>
      <translation>这不是 JSON 对象。请写成 {"name": 值, …}。</translation>
    </message>
    <message>
      <source>for example {value}</source>
      <translation>例如 {value}</translation>
    </message>
  </context>
  <context>
    <name>FixesField</name>
    <message>
      <source>Add a fix</source>
      <translation>添加修复</translation>
    </message>
    <message>
      <source>Add a fix…</source>
      <translation>添加修复…</translation>
    </message>
    <message>
      <source>The options of a fix can't be read.</source>
      <translation>无法读取兼容修复的选项。</translation>
    </message>
  </context>
  <context>
    <name>FixesSection</name>
    <message>
      <source>Add a fix</source>
      <translation>添加修复</translation>
    </message>
    <message>
      <source>Add a fix…</source>
      <translation>添加修复…</translation>
    </message>
    <message>
      <source>All models</source>
      <translation>所有模型</translation>
    </message>
    <message>
      <source>Compatibility fixes</source>
      <translation>兼容修复</translation>
    </message>
    <message>
      <source>Fixes for</source>
      <translation>修复适用于</translation>
    </message>
    <message>
      <source>Known providers need none: their peculiarities are known.</source>
      <translation>已知的提供商都不需要：它们的特点已知。</translation>
    </message>
    <message>
      <source>{name} ({n})</source>
      <translation>{name}（{n}）</translation>
    </message>
  </context>
  <context>
    <name>FolderField</name>
    <message>
      <source>Choose a folder</source>
      <translation>选择文件夹</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
  </context>
  <context>
    <name>FolderNews</name>
    <message>
      <source>Looking for recent folders</source>
      <translation>查找最近使用的文件夹</translation>
    </message>
  </context>
  <context>
    <name>FolderRowView</name>
    <message>
      <source>Allow {folder} to be sent to {provider} again</source>
      <translation>重新允许把 {folder} 发给 {provider}</translation>
    </message>
    <message>
      <source>Never send to…</source>
      <translation>绝不发给…</translation>
    </message>
    <message>
      <source>Never send {folder} to a provider</source>
      <translation>绝不把 {folder} 发给某个提供商</translation>
    </message>
    <message>
      <source>Never to {provider}</source>
      <translation>绝不发给 {provider}</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Remove {folder}</source>
      <translation>移除 {folder}</translation>
    </message>
    <message>
      <source>Where requests from {folder} go</source>
      <translation>来自 {folder} 的请求使用什么</translation>
    </message>
  </context>
  <context>
    <name>FoldersPresenter</name>
    <message>
      <source>Choosing a folder</source>
      <translation>选择文件夹</translation>
    </message>
    <message>
      <source>Folder that goes its own way</source>
      <translation>单独设置路由的文件夹</translation>
    </message>
    <message>
      <source>Removed what was special about {folder}</source>
      <translation>已移除 {folder} 的特殊设置</translation>
    </message>
    <message>
      <source>{folder} goes as everywhere</source>
      <translation>{folder} 按通常方式路由</translation>
    </message>
    <message>
      <source>{folder} goes to {name}</source>
      <translation>{folder} 使用 {name}</translation>
    </message>
    <message>
      <source>{folder} is never sent to {providers}</source>
      <translation>{folder} 绝不发给 {providers}</translation>
    </message>
    <message>
      <source>{folder} is written as {path} alone</source>
      <translation>{folder} 统一写作 {path}</translation>
    </message>
    <message>
      <source>{folder} may be sent to any provider</source>
      <translation>{folder} 可以发给任何提供商</translation>
    </message>
    <message>
      <source>{folder} uses the route set {name}</source>
      <translation>{folder} 使用路由组 {name}</translation>
    </message>
  </context>
  <context>
    <name>FoldersView</name>
    <message>
      <source>Choose a provider…</source>
      <translation>选择提供商…</translation>
    </message>
    <message>
      <source>Choose a route set or a model…</source>
      <translation>选择路由组或模型…</translation>
    </message>
    <message>
      <source>Choose folder…</source>
      <translation>选择文件夹…</translation>
    </message>
    <message>
      <source>Drop a folder here, choose one, or type its path</source>
      <translation>把文件夹拖到这里、选择一个，或输入其路径</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Goes to</source>
      <translation>使用</translation>
    </message>
    <message>
      <source>It is in the list already, as {folder}.</source>
      <translation>它已在列表中，写作 {folder}。</translation>
    </message>
    <message>
      <source>No folder goes its own way yet.</source>
      <translation>还没有单独设置路由的文件夹。</translation>
    </message>
    <message>
      <source>Or is never sent to</source>
      <translation>或绝不发给</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>项目</translation>
    </message>
    <message>
      <source>Provider that the new folder is never sent to</source>
      <translation>新文件夹绝不发给的提供商</translation>
    </message>
    <message>
      <source>Say which folder first.</source>
      <translation>请先填写是哪个文件夹。</translation>
    </message>
    <message>
      <source>What Claude Code asks from a folder, or from one inside of it, can go its own way. What is never sent to a provider stays so in every route set, also when a backup answers, and while nobody knows in which folder Claude Code works.</source>
      <translation>Claude Code 从某个文件夹或其内部发出的请求可以使用单独的路由。绝不发给某个提供商的内容，在每个路由组中都如此，由备用应答时也一样，在不知道 Claude Code 在哪个文件夹中工作时也一样。</translation>
    </message>
    <message>
      <source>Where requests from the new folder go</source>
      <translation>来自新文件夹的请求使用什么</translation>
    </message>
    <message>
      <source>Write the whole path, or begin with ~.</source>
      <translation>请写完整路径，或以 ~ 开头。</translation>
    </message>
  </context>
  <context>
    <name>FormPresenter</name>
    <message>
      <source>Add provider</source>
      <translation>添加提供商</translation>
    </message>
    <message>
      <source>Add {vendor}</source>
      <translation>添加 {vendor}</translation>
    </message>
    <message>
      <source>Changed elsewhere meanwhile: {fields}. Saving writes what stands here.</source>
      <translation>其间已在别处更改：{fields}。保存时将写入此处的内容。</translation>
    </message>
    <message>
      <source>Closing</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Saving</source>
      <translation>正在保存</translation>
    </message>
    <message>
      <source>The key stays where it was.</source>
      <translation>密钥仍在原来的位置。</translation>
    </message>
    <message>
      <source>The key was not stored.</source>
      <translation>密钥未保存。</translation>
    </message>
    <message>
      <source>The settings no longer have “{name}”. Saving adds it again.</source>
      <translation>设置中已没有“{name}”。保存会重新添加它。</translation>
    </message>
    <message>
      <source>This one needs no key.</source>
      <translation>这一个不需要密钥。</translation>
    </message>
    <message>
      <source>Without a key, that of an editor on this computer is used.</source>
      <translation>没有密钥时，使用这台电脑上编辑器的密钥。</translation>
    </message>
    <message>
      <source>the key store</source>
      <translation>密钥库</translation>
    </message>
  </context>
  <context>
    <name>HeadersSection</name>
    <message>
      <source>Add header</source>
      <translation>添加标头</translation>
    </message>
    <message>
      <source>Headers</source>
      <translation>标头</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>值</translation>
    </message>
  </context>
  <context>
    <name>Health</name>
    <message>
      <source>OK</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>asks to wait until {time}</source>
      <translation>要求等到 {time}</translation>
    </message>
    <message>
      <source>balance is empty</source>
      <translation>余额为空</translation>
    </message>
    <message>
      <source>key can't be used</source>
      <translation>密钥无法使用</translation>
    </message>
    <message>
      <source>key not accepted</source>
      <translation>密钥无效</translation>
    </message>
    <message>
      <source>left alone until {time}</source>
      <translation>暂停至 {time}</translation>
    </message>
    <message>
      <source>not allowed</source>
      <translation>没有权限</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>尚未使用</translation>
    </message>
    <message>
      <source>service trouble</source>
      <translation>服务故障</translation>
    </message>
    <message>
      <source>slow, {time}</source>
      <translation>较慢，{time}</translation>
    </message>
    <message>
      <source>switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>waiting for its key</source>
      <translation>正在等待密钥</translation>
    </message>
  </context>
  <context>
    <name>Help</name>
    <message>
      <source>A backup model took over.</source>
      <translation>备用模型已接替。</translation>
    </message>
    <message>
      <source>A balance or a plan runs low.</source>
      <translation>余额或套餐即将用尽。</translation>
    </message>
    <message>
      <source>A budget is nearly used, or used up.</source>
      <translation>预算即将用尽或已用尽。</translation>
    </message>
    <message>
      <source>A key is not accepted.</source>
      <translation>某个密钥无效。</translation>
    </message>
    <message>
      <source>A key, `$VARIABLE`, or `keyring:NAME`. Servers on this machine need none, nor do transformers that sign by themselves.</source>
      <translation>密钥、`$VARIABLE` 或 `keyring:NAME`。这台机器上的服务器不需要，自行签名的转换器也不需要。</translation>
    </message>
    <message>
      <source>A model gets memory for as many tokens as `context_windows` says; Claude Code needs 65536 or more.</source>
      <translation>按 `context_windows` 里的令牌数给模型分配内存；Claude Code 需要 65536 或更多。</translation>
    </message>
    <message>
      <source>A new version of this program is there.</source>
      <translation>此程序有新版本。</translation>
    </message>
    <message>
      <source>A pool: keys, or `{key, weight, limit_per_minute}`.</source>
      <translation>密钥池：密钥，或 `{key, weight, limit_per_minute}`。</translation>
    </message>
    <message>
      <source>A profile of `~/.aws/credentials`, instead of the usual one.</source>
      <translation>`~/.aws/credentials` 中的配置名，用来代替常用的那个。</translation>
    </message>
    <message>
      <source>A provider is left alone after repeated errors.</source>
      <translation>某个提供商多次出错后暂停使用。</translation>
    </message>
    <message>
      <source>A request failed after all tries.</source>
      <translation>某个请求在所有尝试后失败。</translation>
    </message>
    <message>
      <source>A service account, instead of the usual credentials.</source>
      <translation>服务账号，代替通常的凭据。</translation>
    </message>
    <message>
      <source>Address to listen on. Any other than this machine needs `APIKEY`.</source>
      <translation>监听的地址。除本机以外都需要 `APIKEY`。</translation>
    </message>
    <message>
      <source>Answers are at most so long. A request that asks for less is left as it is.</source>
      <translation>回答的最大长度。要求更短的请求保持不变。</translation>
    </message>
    <message>
      <source>Answers what no other rule takes.</source>
      <translation>处理其他规则都不处理的请求。</translation>
    </message>
    <message>
      <source>Asks for token counts in streams, of a server that is not known to give them.</source>
      <translation>在流中请求令牌数，用于不确定是否提供它们的服务器。</translation>
    </message>
    <message>
      <source>Bedrock's other endpoint, with a Bedrock API key. Model ids have neither the prefix of a region nor a version there. Put your region into the address.</source>
      <translation>Bedrock 的另一个端点，使用 Bedrock API 密钥。那里的模型 ID 既没有区域前缀，也没有版本号。请把你的区域写进地址。</translation>
    </message>
    <message>
      <source>By a part of the model's name that the client asks for: what answers in place of `default`.</source>
      <translation>按客户端所请求模型名称的一部分，指定代替 `default` 的模型。</translation>
    </message>
    <message>
      <source>By folder: a route set, a route, or a list of routes.</source>
      <translation>按文件夹：路由组、路由，或路由的列表。</translation>
    </message>
    <message>
      <source>By model: `input`, `output`, `cache_read`, `cache_write`.</source>
      <translation>按模型：`input`、`output`、`cache_read`、`cache_write`。</translation>
    </message>
    <message>
      <source>By scenario: routes that are tried after those of `Router`.</source>
      <translation>按场景：在 `Router` 的路由之后尝试的路由。</translation>
    </message>
    <message>
      <source>By the name of a sub-agent: its route.</source>
      <translation>按子智能体的名称指定路由。</translation>
    </message>
    <message>
      <source>Certificates in PEM form that are trusted beside the system's.</source>
      <translation>在系统证书之外信任的 PEM 格式证书。</translation>
    </message>
    <message>
      <source>Claude Code was updated to a version with known problems.</source>
      <translation>Claude Code 已更新到有已知问题的版本。</translation>
    </message>
    <message>
      <source>Claude Code's small tasks (Haiku).</source>
      <translation>Claude Code 的小任务（Haiku）。</translation>
    </message>
    <message>
      <source>Claude at Amazon Bedrock, with a Bedrock API key or Amazon's credentials.</source>
      <translation>Amazon Bedrock 上的 Claude，使用 Bedrock API 密钥或 Amazon 的凭据。</translation>
    </message>
    <message>
      <source>Claude on Google's Vertex AI, with Google's credentials.</source>
      <translation>Google Vertex AI 上的 Claude，使用 Google 的凭据。</translation>
    </message>
    <message>
      <source>Colours; `system` follows the desktop.</source>
      <translation>颜色；`system` 跟随桌面。</translation>
    </message>
    <message>
      <source>Conditions that must all hold.</source>
      <translation>必须全部满足的条件。</translation>
    </message>
    <message>
      <source>Each request with the model that answered.</source>
      <translation>每个请求及应答它的模型。</translation>
    </message>
    <message>
      <source>For how long. Then it is asked again, and one more failure pauses it anew.</source>
      <translation>暂停多久。之后会再次尝试，再失败一次就重新暂停。</translation>
    </message>
    <message>
      <source>For the whole; nothing: no limit.</source>
      <translation>整个请求的时限；留空：没有限制。</translation>
    </message>
    <message>
      <source>From Ollama 0.14 on. Give the model 64k tokens of memory or more.</source>
      <translation>需要 Ollama 0.14 或更新版本。请给模型至少 64k 令牌的上下文。</translation>
    </message>
    <message>
      <source>From where a request is long.</source>
      <translation>从多长起算作长请求。</translation>
    </message>
    <message>
      <source>From which probability on Google's filters block what they take for harmful; Google decides if it is not given.</source>
      <translation>Google 的过滤器从多大可能性起拦截被判定为有害的内容；不填则由 Google 决定。</translation>
    </message>
    <message>
      <source>Further keys, each for one device: `{name, key, expires}`, the last a day if there is an end. They count beside `APIKEY`, and need it.</source>
      <translation>给单台设备的其他密钥：`{name, key, expires}`，最后一项是有效期的最后一天，可以省略。与 `APIKEY` 同时有效，并且需要先设置它。</translation>
    </message>
    <message>
      <source>Gemini on Google's Vertex AI, with Google's credentials.</source>
      <translation>Google Vertex AI 上的 Gemini，使用 Google 的凭据。</translation>
    </message>
    <message>
      <source>HTTP or SOCKS proxy for all providers but those on this machine; `system`: the one that the system has.</source>
      <translation>所有提供商（本机除外）的 HTTP 或 SOCKS 代理；`system`：使用系统的代理。</translation>
    </message>
    <message>
      <source>Headers for each request.</source>
      <translation>每个请求附带的标头。</translation>
    </message>
    <message>
      <source>How long Claude Code waits for an answer.</source>
      <translation>Claude Code 等待回答的时间。</translation>
    </message>
    <message>
      <source>How long records are kept.</source>
      <translation>记录保留多久。</translation>
    </message>
    <message>
      <source>How much each model takes.</source>
      <translation>每个模型的上下文窗口。</translation>
    </message>
    <message>
      <source>How much is logged, in any case.</source>
      <translation>日志的详细程度，大小写不限。</translation>
    </message>
    <message>
      <source>How often one route is asked before its first fallback.</source>
      <translation>改用第一个备用之前，同一路由尝试的次数。</translation>
    </message>
    <message>
      <source>How often the app looks for a new version; never on its first day.</source>
      <translation>应用多久检查一次更新；第一天不检查。</translation>
    </message>
    <message>
      <source>Instead of its second half.</source>
      <translation>代替它的后半部分。</translation>
    </message>
    <message>
      <source>Instead of the first half of the key.</source>
      <translation>代替密钥的前半部分。</translation>
    </message>
    <message>
      <source>It can't use tools: take it for Router.webSearch only.</source>
      <translation>它不能使用工具：只能用于 Router.webSearch。</translation>
    </message>
    <message>
      <source>Its address.</source>
      <translation>其地址。</translation>
    </message>
    <message>
      <source>Its model.</source>
      <translation>其模型。</translation>
    </message>
    <message>
      <source>Its models. Others can be asked for too.</source>
      <translation>其模型。也可以请求其他模型。</translation>
    </message>
    <message>
      <source>Its name in routes; each once.</source>
      <translation>它在路由中的名称；各不相同。</translation>
    </message>
    <message>
      <source>Its own proxy; `none`: no proxy.</source>
      <translation>其自己的代理；`none`：没有代理。</translation>
    </message>
    <message>
      <source>Kept for claude-code-router, where it does nothing either.</source>
      <translation>为兼容 claude-code-router 而保留；它在那里也不起作用。</translation>
    </message>
    <message>
      <source>Key of a provider `openai`, when there is no `Providers`.</source>
      <translation>没有 `Providers` 时提供商 `openai` 的密钥。</translation>
    </message>
    <message>
      <source>Key that clients must send; empty: none, and only this machine is heard.</source>
      <translation>客户端必须发送的密钥；留空：不需要，且只接受本机的请求。</translation>
    </message>
    <message>
      <source>Language; `system` follows the desktop.</source>
      <translation>语言；`system` 跟随桌面。</translation>
    </message>
    <message>
      <source>Let the image agent look at new pictures too, so that the usual model keeps the turn.</source>
      <translation>让图片智能体也查看新图片，使这一轮仍由常用模型处理。</translation>
    </message>
    <message>
      <source>Limits of the phases of a request.</source>
      <translation>请求各阶段的时限。</translation>
    </message>
    <message>
      <source>Limits on what is spent.</source>
      <translation>支出的限额。</translation>
    </message>
    <message>
      <source>Load the model with a context of more than 25,000 tokens.</source>
      <translation>加载模型时，上下文要超过 25,000 令牌。</translation>
    </message>
    <message>
      <source>Makes a model think that does not do it by itself, by asking for it in words.</source>
      <translation>用文字要求，让本身不思考的模型先思考。</translation>
    </message>
    <message>
      <source>Makes a model use tools that would rather talk: it must call one, and gets `ExitTool` for answers in words.</source>
      <translation>让不爱用工具的模型使用工具：它必须调用一个工具，要用文字回答时调用 `ExitTool`。</translation>
    </message>
    <message>
      <source>Makes calls of the tool calls that GLM prints as text now and then.</source>
      <translation>把 GLM 有时以文本输出的工具调用变成真正的调用。</translation>
    </message>
    <message>
      <source>Members of the request to change, by their dotted paths; `null` takes one out.</source>
      <translation>请求中要更改的字段，用点分路径表示；`null` 表示移除。</translation>
    </message>
    <message>
      <source>Model that Claude Code 1 asks for in small tasks.</source>
      <translation>Claude Code 1 在小任务中请求的模型。</translation>
    </message>
    <message>
      <source>Models of other makers on Vertex AI, by its address for Chat Completions.</source>
      <translation>Vertex AI 上其他厂商的模型，通过其 Chat Completions 地址。</translation>
    </message>
    <message>
      <source>Named groups that can take the place of `Router`.</source>
      <translation>可以代替 `Router` 的命名组。</translation>
    </message>
    <message>
      <source>New pictures; and looks at older ones, for other models.</source>
      <translation>处理新图片；并为其他模型查看较早的图片。</translation>
    </message>
    <message>
      <source>No notifications in this span of the day; they are listed all the same.</source>
      <translation>一天中的这段时间不弹出通知；它们仍会列出。</translation>
    </message>
    <message>
      <source>Of silence within an answer.</source>
      <translation>回答中途的静默。</translation>
    </message>
    <message>
      <source>Plugins of claude-code-router 2; `token-speed` is known.</source>
      <translation>claude-code-router 2 的插件；已知 `token-speed`。</translation>
    </message>
    <message>
      <source>Port to listen on. The environment variable `SERVICE_PORT` wins, `--port` beats both.</source>
      <translation>监听的端口。环境变量 `SERVICE_PORT` 优先，`--port` 最优先。</translation>
    </message>
    <message>
      <source>Providers that may answer, whatever chose.</source>
      <translation>允许使用的提供商，无论由什么规则选择。</translation>
    </message>
    <message>
      <source>Providers that may not answer.</source>
      <translation>禁止使用的提供商。</translation>
    </message>
    <message>
      <source>Put the name of your resource into the address; models are the names of your deployments. The address of a single deployment with its api-version works, too.</source>
      <translation>请把你的资源名称写进地址；模型就是部署的名称。也可以用带 api-version 的单个部署的地址。</translation>
    </message>
    <message>
      <source>Puts the options into every request. What the request has already stays, objects are merged.</source>
      <translation>把选项加入每个请求。请求中已有的保持不变，对象会合并。</translation>
    </message>
    <message>
      <source>Python file with a `route` function that is asked first; or one of claude-code-router's.</source>
      <translation>含有 `route` 函数、最先询问的 Python 文件；或 claude-code-router 的文件。</translation>
    </message>
    <message>
      <source>Refuse with this sentence.</source>
      <translation>用这句话拒绝。</translation>
    </message>
    <message>
      <source>Removes `cache_control`, for servers that refuse it.</source>
      <translation>移除 `cache_control`，用于不接受它的服务器。</translation>
    </message>
    <message>
      <source>Repairs tool arguments that are not quite JSON. They arrive whole then, not piece by piece.</source>
      <translation>修复不完全是 JSON 的工具参数。这样它们会整体到达，而不是逐段到达。</translation>
    </message>
    <message>
      <source>Requests above `longContextThreshold`.</source>
      <translation>超过 `longContextThreshold` 的请求。</translation>
    </message>
    <message>
      <source>Requests of sub-agents.</source>
      <translation>子智能体的请求。</translation>
    </message>
    <message>
      <source>Requests that ask for much thinking: see `thinkWhen`.</source>
      <translation>要求大量思考的请求：见 `thinkWhen`。</translation>
    </message>
    <message>
      <source>Requests with Anthropic's web search tool.</source>
      <translation>带有 Anthropic 网页搜索工具的请求。</translation>
    </message>
    <message>
      <source>Routes that the tray offers as main model.</source>
      <translation>托盘菜单中可选为主模型的路由。</translation>
    </message>
    <message>
      <source>Run the router in a thread of its own, beside the window's.</source>
      <translation>让路由器在独立的线程中运行，与窗口的线程分开。</translation>
    </message>
    <message>
      <source>Send the key as `Authorization: Bearer` instead of `x-api-key`.</source>
      <translation>以 `Authorization: Bearer` 而不是 `x-api-key` 发送密钥。</translation>
    </message>
    <message>
      <source>Sends the limit as `max_completion_tokens`, as newer OpenAI models demand it.</source>
      <translation>以 `max_completion_tokens` 发送长度限制，较新的 OpenAI 模型要求如此。</translation>
    </message>
    <message>
      <source>Sets how the model chooses its words, whatever the request says.</source>
      <translation>设定模型如何选词，无论请求怎么说。</translation>
    </message>
    <message>
      <source>Settings of the desktop app.</source>
      <translation>桌面应用的设置。</translation>
    </message>
    <message>
      <source>Sign in with `gcloud auth application-default login`, or name a key file in GOOGLE_APPLICATION_CREDENTIALS; the project is GOOGLE_CLOUD_PROJECT.</source>
      <translation>用 `gcloud auth application-default login` 登录，或用 GOOGLE_APPLICATION_CREDENTIALS 指定密钥文件；项目是 GOOGLE_CLOUD_PROJECT。</translation>
    </message>
    <message>
      <source>Sign in with a GitHub account that has Copilot, or paste its token. GitHub may forbid the use from other programs.</source>
      <translation>请用拥有 Copilot 的 GitHub 账户登录，或粘贴它的令牌。GitHub 可能禁止在其他程序里使用。</translation>
    </message>
    <message>
      <source>So many failures in a row, and a provider is left alone while another route is left; 0: never.</source>
      <translation>连续失败达到此次数后，只要还有其他路由，就暂停该提供商；0：从不。</translation>
    </message>
    <message>
      <source>Start Claude Code for a machine without a user.</source>
      <translation>以无人值守的方式启动 Claude Code。</translation>
    </message>
    <message>
      <source>Start the server with tool calling on: Claude Code needs tools.</source>
      <translation>启动服务器时请打开工具调用：Claude Code 需要工具。</translation>
    </message>
    <message>
      <source>Start without a window, in the tray alone.</source>
      <translation>不显示窗口，只在托盘中启动。</translation>
    </message>
    <message>
      <source>Switched off: the fallbacks of its routes answer, and its models are not listed.</source>
      <translation>关闭：改由其路由的备用处理，其模型不再列出。</translation>
    </message>
    <message>
      <source>Switches the thinking of models on that have a switch for it, or off.</source>
      <translation>为支持开关思考的模型打开或关闭思考。</translation>
    </message>
    <message>
      <source>Takes `&lt;think&gt;…&lt;/think&gt;` at the start of an answer for the thinking that it is.</source>
      <translation>把回答开头的 `&lt;think&gt;…&lt;/think&gt;` 识别为思考内容。</translation>
    </message>
    <message>
      <source>Terminal in which Claude Code starts; empty: the first that is found.</source>
      <translation>启动 Claude Code 的终端；空：找到的第一个。</translation>
    </message>
    <message>
      <source>Text file that replaces most of Claude Code's system prompt.</source>
      <translation>用来替换 Claude Code 大部分系统提示词的文本文件。</translation>
    </message>
    <message>
      <source>The API that it serves, by a name of `docs/providers.md`, where the address does not tell: for gateways and own servers.</source>
      <translation>它提供的 API，用 `docs/providers.md` 中的名称，用于地址无法说明的情况：网关和自己的服务器。</translation>
    </message>
    <message>
      <source>The Claude Code program; empty: `claude` on the PATH.</source>
      <translation>Claude Code 程序；空：PATH 上的 `claude`。</translation>
    </message>
    <message>
      <source>The Google Cloud project, for accounts that need one.</source>
      <translation>Google Cloud 项目，用于需要它的账户。</translation>
    </message>
    <message>
      <source>The Google Cloud project.</source>
      <translation>Google Cloud 项目。</translation>
    </message>
    <message>
      <source>The accounts at APIs.</source>
      <translation>各个 API 的账户。</translation>
    </message>
    <message>
      <source>The failures after which another try is made; any other is told at once. All of: `connection`, `timeout`, `rateLimit`, `serverError`, `emptyAnswer`, `account`.</source>
      <translation>在哪些失败之后再次尝试；其他的立即告知。全部为：`connection`、`timeout`、`rateLimit`、`serverError`、`emptyAnswer`、`account`。</translation>
    </message>
    <message>
      <source>The first choice works again.</source>
      <translation>首选模型恢复正常。</translation>
    </message>
    <message>
      <source>The group in use; empty: `Router`.</source>
      <translation>使用中的组；空：`Router`。</translation>
    </message>
    <message>
      <source>The key of that account.</source>
      <translation>该账户的密钥。</translation>
    </message>
    <message>
      <source>The largest answer.</source>
      <translation>最长的回答。</translation>
    </message>
    <message>
      <source>The model behind an ARN that does not name it.</source>
      <translation>ARN 没有写明模型时，它所对应的模型。</translation>
    </message>
    <message>
      <source>The provider speaks Anthropic's own protocol: requests and answers pass through.</source>
      <translation>该提供商使用 Anthropic 自己的协议：请求和回答原样转发。</translation>
    </message>
    <message>
      <source>The provider speaks Chat Completions, as every one does that says nothing else.</source>
      <translation>该提供商使用 Chat Completions，未另作说明的都是如此。</translation>
    </message>
    <message>
      <source>The provider speaks Gemini's own protocol, as Google's address does without it.</source>
      <translation>该提供商使用 Gemini 自己的协议；Google 的地址无需此项即如此。</translation>
    </message>
    <message>
      <source>The provider speaks OpenAI's Responses API; an address of its Chat Completions is changed.</source>
      <translation>该提供商使用 OpenAI 的 Responses API；其 Chat Completions 地址会被更改。</translation>
    </message>
    <message>
      <source>The region, if not that of the address.</source>
      <translation>区域（如果与地址中的不同）。</translation>
    </message>
    <message>
      <source>The region, or `global`.</source>
      <translation>区域，或 `global`。</translation>
    </message>
    <message>
      <source>The router stopped by itself.</source>
      <translation>路由器意外停止。</translation>
    </message>
    <message>
      <source>The signs of much thinking; `any` is all that claude-code-router looked at.</source>
      <translation>需要深入思考的标志；claude-code-router 只看 `any`。</translation>
    </message>
    <message>
      <source>Transformers that run after those of the model.</source>
      <translation>在模型的转换器之后运行的转换器。</translation>
    </message>
    <message>
      <source>Until a connection stands.</source>
      <translation>连接建立之前。</translation>
    </message>
    <message>
      <source>Until an answer begins.</source>
      <translation>回答开始之前。</translation>
    </message>
    <message>
      <source>Uses Atlassian's Rovo Dev: its key is `EMAIL:API_TOKEN`.</source>
      <translation>使用 Atlassian 的 Rovo Dev：其密钥是 `EMAIL:API_TOKEN`。</translation>
    </message>
    <message>
      <source>Uses GitHub Copilot: the key is the token of a GitHub account; without one, that which an editor keeps counts.</source>
      <translation>使用 GitHub Copilot：密钥是 GitHub 账户的令牌；没有密钥时，使用编辑器保存的令牌。</translation>
    </message>
    <message>
      <source>Uses the sign-in of Google's Gemini CLI (`~/.gemini/oauth_creds.json`).</source>
      <translation>使用 Google 的 Gemini CLI 的登录（`~/.gemini/oauth_creds.json`）。</translation>
    </message>
    <message>
      <source>Uses the sign-in of Qwen Code (`~/.qwen/oauth_creds.json`), where that still serves.</source>
      <translation>使用 Qwen Code 的登录（`~/.qwen/oauth_creds.json`），前提是该服务仍可用。</translation>
    </message>
    <message>
      <source>What DeepSeek's API wants and refuses, for other addresses that serve it.</source>
      <translation>适配 DeepSeek API 的要求和限制，用于提供它的其他地址。</translation>
    </message>
    <message>
      <source>What Groq's API wants and refuses, for other addresses that serve it.</source>
      <translation>适配 Groq API 的要求和限制，用于提供它的其他地址。</translation>
    </message>
    <message>
      <source>What OpenRouter's API wants; the options are put into every request.</source>
      <translation>适配 OpenRouter API 的要求；选项会加入每个请求。</translation>
    </message>
    <message>
      <source>What `ccr statusline` shows.</source>
      <translation>`ccr statusline` 显示的内容。</translation>
    </message>
    <message>
      <source>What changes requests and answers: `use` for all models, or by model.</source>
      <translation>更改请求和回答的转换器：`use` 用于所有模型，或按模型。</translation>
    </message>
    <message>
      <source>What closing the window does: `background` lets the router run on.</source>
      <translation>关闭窗口的作用：`background` 让路由器继续运行。</translation>
    </message>
    <message>
      <source>What it speaks; else the address tells.</source>
      <translation>它使用的协议；否则由地址说明。</translation>
    </message>
    <message>
      <source>What the API of Cerebras wants and refuses, for other addresses that serve it.</source>
      <translation>适配 Cerebras API 的要求和限制，用于提供它的其他地址。</translation>
    </message>
    <message>
      <source>What the Vercel AI Gateway wants; the options are put into every request.</source>
      <translation>适配 Vercel AI Gateway 的要求；选项会加入每个请求。</translation>
    </message>
    <message>
      <source>What the rule is called in decisions.</source>
      <translation>规则在决定中的名称。</translation>
    </message>
    <message>
      <source>When another try is made, and when a provider is left alone.</source>
      <translation>何时再次尝试，何时暂停提供商。</translation>
    </message>
    <message>
      <source>Where it looks: an address that answers as GitHub's `releases/latest` does.</source>
      <translation>在哪里查找：一个应答方式与 GitHub 的 `releases/latest` 相同的地址。</translation>
    </message>
    <message>
      <source>Where requests go.</source>
      <translation>请求发往何处。</translation>
    </message>
    <message>
      <source>Where the request goes.</source>
      <translation>请求去往何处。</translation>
    </message>
    <message>
      <source>Where the sign-in is kept, if not in the usual place.</source>
      <translation>登录信息的存放位置（如果不在通常的位置）。</translation>
    </message>
    <message>
      <source>Whether log files are written.</source>
      <translation>是否写日志文件。</translation>
    </message>
    <message>
      <source>Whether the rule counts; mistakes in one that is off are no errors.</source>
      <translation>规则是否有效；关闭的规则中的错误不算错误。</translation>
    </message>
    <message>
      <source>Which kinds of notifications are shown.</source>
      <translation>显示哪些种类的通知。</translation>
    </message>
    <message>
      <source>Which model answers what.</source>
      <translation>哪个模型处理哪类请求。</translation>
    </message>
    <message>
      <source>Whom a provider asks to wait longer than this asks the next route instead.</source>
      <translation>提供商要求等待的时间超过此值时，改用下一个路由。</translation>
    </message>
    <message>
      <source>With a Bedrock API key, for the models that Bedrock serves as Chat Completions. Claude is not among them: see `bedrock-claude`. Put your region into the address.</source>
      <translation>使用 Bedrock API 密钥，用于 Bedrock 以 Chat Completions 提供的模型。其中没有 Claude：请看 `bedrock-claude`。请把你的区域写进地址。</translation>
    </message>
    <message>
      <source>With a Bedrock API key. Put your region into the address. Models are ids, those of inference profiles, or ARNs.</source>
      <translation>使用 Bedrock API 密钥。请把你的区域写进地址。模型可以是 ID、推理配置的 ID 或 ARN。</translation>
    </message>
    <message>
      <source>Your own rules, in order.</source>
      <translation>你自己的规则，按顺序。</translation>
    </message>
    <message>
      <source>Your own transformers: `{path, options}`.</source>
      <translation>你自己的转换器：`{path, options}`。</translation>
    </message>
    <message>
      <source>`false` switches thinking off.</source>
      <translation>`false` 关闭思考。</translation>
    </message>
    <message>
      <source>`none` for a server that wants no key.</source>
      <translation>服务器不需要密钥时为 `none`。</translation>
    </message>
    <message>
      <source>claude-code-router 2: by which vocabulary tokens are counted, `cl100k_base` or `o200k_base`; for all models (`default`), or by model (`models`).</source>
      <translation>claude-code-router 2：用哪个词表计算令牌，`cl100k_base` 或 `o200k_base`；用于所有模型（`default`）或按模型（`models`）。</translation>
    </message>
  </context>
  <context>
    <name>HelpPage</name>
    <message>
      <source>1 problem</source>
      <translation>1 个问题</translation>
    </message>
    <message>
      <source>1 warning</source>
      <translation>1 个警告</translation>
    </message>
    <message>
      <source>A support file says how things are: versions, these checks, settings without keys, the last requests without what was said, and the end of the log. You see all of it before it is saved, and send it yourself, with a word about what you did.</source>
      <translation>支持文件记录当前状况：版本、这些检查、不含密钥的设置、不含对话内容的最近请求，以及日志的末尾。保存之前你会看到全部内容；由你自己发送，并附上说明。</translation>
    </message>
    <message>
      <source>All is well</source>
      <translation>一切正常</translation>
    </message>
    <message>
      <source>Cause: Claude Code</source>
      <translation>原因：Claude Code</translation>
    </message>
    <message>
      <source>Cause: the network</source>
      <translation>原因：网络</translation>
    </message>
    <message>
      <source>Cause: the provider</source>
      <translation>原因：提供商</translation>
    </message>
    <message>
      <source>Cause: the router</source>
      <translation>原因：路由器</translation>
    </message>
    <message>
      <source>Cause: this computer</source>
      <translation>原因：这台电脑</translation>
    </message>
    <message>
      <source>Cause: your settings</source>
      <translation>原因：你的设置</translation>
    </message>
    <message>
      <source>Fine</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <source>Make a support file…</source>
      <translation>生成支持文件…</translation>
    </message>
    <message>
      <source>Not checked</source>
      <translation>未检查</translation>
    </message>
    <message>
      <source>Open the file</source>
      <translation>打开文件</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>问题</translation>
    </message>
    <message>
      <source>Putting the file back</source>
      <translation>正在放回文件</translation>
    </message>
    <message>
      <source>Report a problem</source>
      <translation>报告问题</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>The file is as it was before</source>
      <translation>文件已恢复原样</translation>
    </message>
    <message>
      <source>Warning</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <translation>另有 {count} 个</translation>
    </message>
    <message>
      <source>npm (no answer)</source>
      <translation>npm（没有回应）</translation>
    </message>
    <message>
      <source>the PATH</source>
      <translation>PATH</translation>
    </message>
    <message>
      <source>the login shell</source>
      <translation>登录 shell</translation>
    </message>
    <message>
      <source>{names} was taken out</source>
      <translation>已取出 {names}</translation>
    </message>
    <message>
      <source>{n} problems</source>
      <translation>{n} 个问题</translation>
    </message>
    <message>
      <source>{n} warnings</source>
      <translation>{n} 个警告</translation>
    </message>
  </context>
  <context>
    <name>HelpPresenter</name>
    <message>
      <source>Checking everything</source>
      <translation>全面检查</translation>
    </message>
    <message>
      <source>Making a support file</source>
      <translation>生成支持文件</translation>
    </message>
    <message>
      <source>Mending it</source>
      <translation>正在修复</translation>
    </message>
    <message>
      <source>Restored the last good settings</source>
      <translation>已恢复上一个可用的设置</translation>
    </message>
    <message>
      <source>Save the support file</source>
      <translation>保存支持文件</translation>
    </message>
    <message>
      <source>Saving the support file</source>
      <translation>保存支持文件</translation>
    </message>
    <message>
      <source>The support file was saved as {path}</source>
      <translation>支持文件已保存为 {path}</translation>
    </message>
    <message>
      <source>This page did not come with the app</source>
      <translation>此页面没有随应用提供</translation>
    </message>
  </context>
  <context>
    <name>History</name>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Can't be used</source>
      <translation>无法使用</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>已更改</translation>
    </message>
    <message>
      <source>Changed by another program</source>
      <translation>由其他程序更改</translation>
    </message>
    <message>
      <source>Changed lines</source>
      <translation>更改的行</translation>
    </message>
    <message>
      <source>Compare from</source>
      <translation>比较的起点</translation>
    </message>
    <message>
      <source>Compare to</source>
      <translation>比较的终点</translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>更早</translation>
    </message>
    <message>
      <source>From</source>
      <translation>起点</translation>
    </message>
    <message>
      <source>History</source>
      <translation>历史</translation>
    </message>
    <message>
      <source>How to compare</source>
      <translation>如何比较</translation>
    </message>
    <message>
      <source>Imported {file}</source>
      <translation>已导入 {file}</translation>
    </message>
    <message>
      <source>In force</source>
      <translation>生效中</translation>
    </message>
    <message>
      <source>In force: {words}</source>
      <translation>生效中：{words}</translation>
    </message>
    <message>
      <source>In the file: {words}</source>
      <translation>文件中：{words}</translation>
    </message>
    <message>
      <source>Kept by an earlier version</source>
      <translation>由早期版本保留</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Keys and passwords are not shown.</source>
      <translation>不显示密钥和密码。</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>None yet: each change of the settings adds one.</source>
      <translation>还没有：每次更改设置都会增加一个。</translation>
    </message>
    <message>
      <source>Nothing: they are the same.</source>
      <translation>没有更改：两者相同。</translation>
    </message>
    <message>
      <source>One of them can't be read as settings. “Text” shows its lines.</source>
      <translation>其中一个无法作为设置读取。“文本”显示其各行。</translation>
    </message>
    <message>
      <source>Order of the providers</source>
      <translation>提供商的顺序</translation>
    </message>
    <message>
      <source>Order of the rules</source>
      <translation>规则的顺序</translation>
    </message>
    <message>
      <source>Provider {name}</source>
      <translation>提供商 {name}</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Redone: {words}</source>
      <translation>已重做：{words}</translation>
    </message>
    <message>
      <source>Restore this version</source>
      <translation>恢复此版本</translation>
    </message>
    <message>
      <source>Restored the settings of {time}</source>
      <translation>已恢复 {time} 的设置</translation>
    </message>
    <message>
      <source>Rule {name}</source>
      <translation>规则 {name}</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>The file was edited</source>
      <translation>文件已编辑</translation>
    </message>
    <message>
      <source>The last twenty versions of the settings, and who made them. Each is as it was after the change that it names.</source>
      <translation>设置最近的二十个版本，以及由谁更改。每个版本都是其所写更改完成之后的样子。</translation>
    </message>
    <message>
      <source>The settings are the same. Only the text differs: “Text” shows its lines.</source>
      <translation>设置相同。只有文本不同：“文本”显示其各行。</translation>
    </message>
    <message>
      <source>The texts are the same.</source>
      <translation>文本相同。</translation>
    </message>
    <message>
      <source>To</source>
      <translation>终点</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Undone: {words}</source>
      <translation>已撤销：{words}</translation>
    </message>
    <message>
      <source>Versions of the settings</source>
      <translation>设置的各个版本</translation>
    </message>
    <message>
      <source>What changed</source>
      <translation>更改的内容</translation>
    </message>
    <message>
      <source>added</source>
      <translation>已添加</translation>
    </message>
    <message>
      <source>another secret, which is not shown</source>
      <translation>另一个机密，不显示</translation>
    </message>
    <message>
      <source>by a command</source>
      <translation>由命令</translation>
    </message>
    <message>
      <source>by an import</source>
      <translation>由导入</translation>
    </message>
    <message>
      <source>earlier</source>
      <translation>更早</translation>
    </message>
    <message>
      <source>in another order</source>
      <translation>顺序不同</translation>
    </message>
    <message>
      <source>in the window</source>
      <translation>在窗口中</translation>
    </message>
    <message>
      <source>not set</source>
      <translation>未设置</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>无</translation>
    </message>
    <message>
      <source>off</source>
      <translation>关</translation>
    </message>
    <message>
      <source>on</source>
      <translation>开</translation>
    </message>
    <message>
      <source>order</source>
      <translation>顺序</translation>
    </message>
    <message>
      <source>outside of the window</source>
      <translation>在窗口之外</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>已移除</translation>
    </message>
    <message>
      <source>through the router's own paths</source>
      <translation>通过路由器自己的路径</translation>
    </message>
    <message>
      <source>{value} removed</source>
      <translation>{value} 已移除</translation>
    </message>
  </context>
  <context>
    <name>HistoryPresenter</name>
    <message>
      <source>Comparing</source>
      <translation>比较</translation>
    </message>
    <message>
      <source>Looking at the history</source>
      <translation>查看历史</translation>
    </message>
    <message>
      <source>Restore the version of {time}</source>
      <translation>恢复 {time} 的版本</translation>
    </message>
    <message>
      <source>Restore this version</source>
      <translation>恢复此版本</translation>
    </message>
    <message>
      <source>Restored the settings of {time}</source>
      <translation>已恢复 {time} 的设置</translation>
    </message>
    <message>
      <source>What the last change did.</source>
      <translation>最近一次更改的内容。</translation>
    </message>
    <message>
      <source>What was changed since this version. Restoring it takes that back.</source>
      <translation>自此版本以来的更改。恢复它会撤回这些更改。</translation>
    </message>
  </context>
  <context>
    <name>HomePage</name>
    <message>
      <source>Home</source>
      <translation>主页</translation>
    </message>
  </context>
  <context>
    <name>HomePresenter</name>
    <message>
      <source>Launching Claude Code</source>
      <translation>启动 Claude Code</translation>
    </message>
    <message>
      <source>Looking for recent folders</source>
      <translation>查找最近使用的文件夹</translation>
    </message>
    <message>
      <source>Port {port}</source>
      <translation>端口 {port}</translation>
    </message>
    <message>
      <source>Starting in place of the other router</source>
      <translation>正在代替另一个路由器启动</translation>
    </message>
    <message>
      <source>Starting on another port</source>
      <translation>正在另一个端口上启动</translation>
    </message>
    <message>
      <source>Switched on {provider}</source>
      <translation>已打开 {provider}</translation>
    </message>
  </context>
  <context>
    <name>ImageAgent</name>
    <message>
      <source>A new picture goes to the model for pictures, together with the whole turn.</source>
      <translation>新图片会连同整轮对话发给看图模型。</translation>
    </message>
    <message>
      <source>Afterwards it stays in the conversation, and other models answer, which often see nothing. They can then ask the router what a picture shows. It asks the model for pictures and hands the answer back. Claude Code sees one answer.</source>
      <translation>之后图片留在对话中，由其他模型回答，而它们往往看不到图片。它们可以询问路由器图片中有什么；路由器会询问看图模型并转交回答。Claude Code 看到的是一个完整的回答。</translation>
    </message>
    <message>
      <source>Choose on Routes</source>
      <translation>在“路由”中选择</translation>
    </message>
    <message>
      <source>Does nothing until there is a model for pictures.</source>
      <translation>在有看图模型之前不起作用。</translation>
    </message>
    <message>
      <source>How pictures are looked at</source>
      <translation>如何查看图片</translation>
    </message>
    <message>
      <source>Model for pictures</source>
      <translation>看图模型</translation>
    </message>
    <message>
      <source>None. Pictures go to whatever model is chosen, whether it sees or not.</source>
      <translation>没有。图片会发给所选的任何模型，无论它能否看图。</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>The usual model keeps the turn, and asks what a new picture shows. Good when it is much better at the work. It costs one more request for each look, some seconds, and only sees what the other model says.</source>
      <translation>这一轮仍由常用模型处理，它会询问新图片中有什么。当它更擅长这项工作时很合适。代价是每看一次多一个请求、多几秒钟，而且它只知道看图模型说了什么。</translation>
    </message>
    <message>
      <source>{first}; then {others}</source>
      <translation>{first}；然后 {others}</translation>
    </message>
    <message>
      <source>{model} of {provider}</source>
      <translation>{provider} 的 {model}</translation>
    </message>
  </context>
  <context>
    <name>ImportFlow</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Importing</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Leave it empty to take the rest without the keys.</source>
      <translation>留空则导入其余内容，不含密钥。</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Passphrase of the file</source>
      <translation>文件的密码短语</translation>
    </message>
    <message>
      <source>There are keys in this file. Whoever made it knows the passphrase.</source>
      <translation>此文件中有密钥。制作它的人知道密码短语。</translation>
    </message>
    <message>
      <source>Untick the keys, or choose in Settings, Keys, where keys are kept.</source>
      <translation>请取消勾选密钥，或在“设置”的“密钥”中选择密钥的存放位置。</translation>
    </message>
    <message>
      <source>Untick the keys, or use one of the buttons above first.</source>
      <translation>请取消勾选密钥，或先使用上方的某个按钮。</translation>
    </message>
    <message>
      <source>{source}: took over 1 thing</source>
      <translation>{source}：已导入 1 项</translation>
    </message>
    <message>
      <source>{source}: took over {count} things</source>
      <translation>{source}：已导入 {count} 项</translation>
    </message>
    <message>
      <source>{words}, without the key of {names}</source>
      <translation>{words}，不含 {names} 的密钥</translation>
    </message>
    <message>
      <source>{words}, without the keys of {names}</source>
      <translation>{words}，不含 {names} 的密钥</translation>
    </message>
  </context>
  <context>
    <name>InForce</name>
    <message>
      <source>The settings file can't be read, so nothing can be changed here. {in_force}</source>
      <translation>设置文件无法读取，因此这里无法更改任何内容。{in_force}</translation>
    </message>
    <message>
      <source>The settings file has errors. {in_force} This is what the file says.</source>
      <translation>设置文件有错误。{in_force}这里显示的是文件的内容。</translation>
    </message>
    <message>
      <source>The settings from before serve on.</source>
      <translation>之前的设置继续生效。</translation>
    </message>
    <message>
      <source>Until it is mended, the built-in settings count.</source>
      <translation>在修正之前使用内置设置。</translation>
    </message>
  </context>
  <context>
    <name>JsonField</name>
    <message>
      <source>This can't be read: {problem} in line {line}.</source>
      <translation>无法读取：第 {line} 行{problem}。</translation>
    </message>
  </context>
  <context>
    <name>Key</name>
    <message>
      <source>Asking for the models</source>
      <translation>询问模型</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Say first, below, where this key is to be kept.</source>
      <translation>请先在下面指定这个密钥的保存位置。</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>正在测试…</translation>
    </message>
  </context>
  <context>
    <name>KeyDestination</name>
    <message>
      <source>the key store</source>
      <translation>密钥库</translation>
    </message>
    <message>
      <source>the password store</source>
      <translation>密码库</translation>
    </message>
    <message>
      <source>the protected file</source>
      <translation>受保护的文件</translation>
    </message>
  </context>
  <context>
    <name>KeyField</name>
    <message>
      <source>Add {other} instead</source>
      <translation>改为添加 {other}</translation>
    </message>
    <message>
      <source>Get a key</source>
      <translation>获取密钥</translation>
    </message>
    <message>
      <source>Keep it elsewhere…</source>
      <translation>保存到别处…</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Sign in with {place}</source>
      <translation>通过 {place} 登录</translation>
    </message>
    <message>
      <source>This looks like a key of {other}, but this provider is {vendor}.</source>
      <translation>这看起来像是 {other} 的密钥，但此提供商是 {vendor}。</translation>
    </message>
    <message>
      <source>Use anyway</source>
      <translation>仍然使用</translation>
    </message>
  </context>
  <context>
    <name>KeyKeeper</name>
    <message>
      <source>Looking at the store of keys</source>
      <translation>查看密钥库</translation>
    </message>
    <message>
      <source>Opening the store of keys</source>
      <translation>打开密钥库</translation>
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
      <translation>保存到：{store}</translation>
    </message>
    <message>
      <source>Moved the key of {name}</source>
      <translation>已移动 {name} 的密钥</translation>
    </message>
    <message>
      <source>Set the variable, then start the app again</source>
      <translation>请设置该变量，然后重新启动应用</translation>
    </message>
    <message>
      <source>The key stays in the key store until then.</source>
      <translation>在那之前，密钥仍留在密钥库里。</translation>
    </message>
    <message>
      <source>The key stays where it is.</source>
      <translation>密钥留在原处。</translation>
    </message>
    <message>
      <source>To move the key, save the changes first</source>
      <translation>要移动密钥，请先保存更改</translation>
    </message>
    <message>
      <source>Use an environment variable…</source>
      <translation>使用环境变量…</translation>
    </message>
    <message>
      <source>Whoever can read the file has the key then: other programs, backups, and everybody whom you send it to.</source>
      <translation>能读取该文件的都会得到密钥：其他程序、备份，以及你把它发给的每个人。</translation>
    </message>
    <message>
      <source>Write it</source>
      <translation>写入</translation>
    </message>
    <message>
      <source>Write it into the settings file…</source>
      <translation>写入设置文件…</translation>
    </message>
    <message>
      <source>Write the key into the settings file?</source>
      <translation>将密钥写入设置文件？</translation>
    </message>
    <message>
      <source>the key store</source>
      <translation>密钥库</translation>
    </message>
  </context>
  <context>
    <name>KeyRow</name>
    <message>
      <source>In the settings file</source>
      <translation>在设置文件中</translation>
    </message>
    <message>
      <source>Not set</source>
      <translation>未设置</translation>
    </message>
    <message>
      <source>{title}: none</source>
      <translation>{title}：无</translation>
    </message>
  </context>
  <context>
    <name>KeyTroubles</name>
    <message>
      <source>Ask again</source>
      <translation>再次询问</translation>
    </message>
    <message>
      <source>Asking the password store</source>
      <translation>询问密码库</translation>
    </message>
    <message>
      <source>Asking your password store. If a window asks you to unlock it, answer it.</source>
      <translation>正在询问你的密码库。如果有窗口要求你解锁，请在那里回应。</translation>
    </message>
    <message>
      <source>Show keys</source>
      <translation>显示密钥</translation>
    </message>
    <message>
      <source>The keys that it gave before stay in use until the app ends.</source>
      <translation>它先前给出的密钥在应用退出之前仍可使用。</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>解锁</translation>
    </message>
    <message>
      <source>Your password store gave no keys: its question was put away. If you saw none, unlock it in the program that manages your passwords; the keys are used once it is open.</source>
      <translation>密码库没有给出密钥：它的询问被关掉了。如果你没有看到询问，请在管理密码的程序里解锁它；一打开就会使用这些密钥。</translation>
    </message>
    <message>
      <source>Your password store gave the keys</source>
      <translation>密码库已给出密钥</translation>
    </message>
    <message>
      <source>Your password store has not given all keys yet. If a window asks you to unlock it, answer it. What needs no key from there works meanwhile.</source>
      <translation>密码库还没有给出全部密钥。如果有窗口要求解锁，请作答。不需要其中密钥的部分此时照常工作。</translation>
    </message>
  </context>
  <context>
    <name>KeyView</name>
    <message>
      <source>Connection</source>
      <translation>连接</translation>
    </message>
    <message>
      <source>Enter another key instead of {name}</source>
      <translation>输入另一个密钥代替 {name}</translation>
    </message>
    <message>
      <source>If {title} wants a key, enter it. It is tested before it is stored.</source>
      <translation>如果 {title} 需要密钥，请输入。保存之前会先测试。</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>One that the test can ask; others follow.</source>
      <translation>测试所用的模型；其他的随后选择。</translation>
    </message>
    <message>
      <source>Use {name} from your environment</source>
      <translation>使用环境变量中的 {name}</translation>
    </message>
    <message>
      <source>{title} needs no key. Let us see whether it answers.</source>
      <translation>{title} 不需要密钥。看看它是否有响应。</translation>
    </message>
    <message>
      <source>{title} wants a key. It is tested before anything is stored.</source>
      <translation>{title} 需要密钥。在保存任何内容之前会先测试。</translation>
    </message>
  </context>
  <context>
    <name>KeysCard</name>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
  </context>
  <context>
    <name>KeysPresenter</name>
    <message>
      <source>Asking the password store</source>
      <translation>询问密码库</translation>
    </message>
    <message>
      <source>Changing where keys are</source>
      <translation>更改密钥的存放位置</translation>
    </message>
    <message>
      <source>Do it</source>
      <translation>执行</translation>
    </message>
    <message>
      <source>It is kept under another name, with the keys in it. Until you enter your keys again, providers that need one do not work.</source>
      <translation>它连同其中的密钥会以另一个名称保留。在你重新输入密钥之前，需要密钥的提供商无法使用。</translation>
    </message>
    <message>
      <source>It is now {path}.</source>
      <translation>现在它是 {path}。</translation>
    </message>
    <message>
      <source>Keep keys in a protected file?</source>
      <translation>把密钥保存在受保护的文件中？</translation>
    </message>
    <message>
      <source>Move all keys to a protected file?</source>
      <translation>把所有密钥移到受保护的文件？</translation>
    </message>
    <message>
      <source>Move all keys to the system's password store?</source>
      <translation>把所有密钥移到系统的密码库？</translation>
    </message>
    <message>
      <source>Move them</source>
      <translation>移动</translation>
    </message>
    <message>
      <source>Moved the key of {name}</source>
      <translation>已移动 {name} 的密钥</translation>
    </message>
    <message>
      <source>Optional. Nobody can tell it to you when you have forgotten it.</source>
      <translation>可选。一旦忘记，无法找回。</translation>
    </message>
    <message>
      <source>Passphrase of the protected file</source>
      <translation>受保护文件的密码短语</translation>
    </message>
    <message>
      <source>Removed the stored key of {name}</source>
      <translation>已移除已存的 {name} 密钥</translation>
    </message>
    <message>
      <source>Set it aside</source>
      <translation>搁置它</translation>
    </message>
    <message>
      <source>Set the protected file aside?</source>
      <translation>搁置受保护的文件？</translation>
    </message>
    <message>
      <source>Take the key of {name} from the environment?</source>
      <translation>从环境变量读取 {name} 的密钥？</translation>
    </message>
    <message>
      <source>The key can still be read in {files}. Delete what you do not need.</source>
      <translation>该密钥仍可在 {files} 中读到。不需要的请删除。</translation>
    </message>
    <message>
      <source>The key stays where it is.</source>
      <translation>密钥留在原处。</translation>
    </message>
    <message>
      <source>The old place did not let go of these: {names}</source>
      <translation>未能从原来的位置移除：{names}</translation>
    </message>
    <message>
      <source>The protected file is removed once every key can be read there.</source>
      <translation>当每个密钥都能在那里读取后，受保护的文件即被移除。</translation>
    </message>
    <message>
      <source>The settings file then names the variable {variable}.</source>
      <translation>之后设置文件中会改为引用变量 {variable}。</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>解锁</translation>
    </message>
    <message>
      <source>Use the file</source>
      <translation>使用该文件</translation>
    </message>
    <message>
      <source>Whoever reads the file has the key: also backups and syncing.</source>
      <translation>读取该文件的都会得到密钥：备份和同步也一样。</translation>
    </message>
    <message>
      <source>Write the key of {name} into the settings file?</source>
      <translation>把 {name} 的密钥写入设置文件？</translation>
    </message>
    <message>
      <source>Your keys are in it. The passphrase is kept until the app ends.</source>
      <translation>你的密钥在其中。应用退出前会记住密码短语。</translation>
    </message>
  </context>
  <context>
    <name>KindsCard</name>
    <message>
      <source> tokens</source>
      <translation> 令牌</translation>
    </message>
    <message>
      <source>Conversations are long over so many tokens</source>
      <translation>超过这么多令牌即为长对话</translation>
    </message>
    <message>
      <source>Show by Claude model name</source>
      <translation>按 Claude 模型名称显示</translation>
    </message>
    <message>
      <source>Takes over from</source>
      <translation>接替</translation>
    </message>
    <message>
      <source>Which model does which work</source>
      <translation>哪个模型做哪种工作</translation>
    </message>
  </context>
  <context>
    <name>LastCheck</name>
    <message>
      <source>Looking for a new version</source>
      <translation>正在检查更新</translation>
    </message>
    <message>
      <source>Looking now…</source>
      <translation>正在查找…</translation>
    </message>
    <message>
      <source>Version {new} is there, which you skipped. Looked {ago}.</source>
      <translation>有新版本 {new}，你已跳过它。上次检查：{ago}。</translation>
    </message>
    <message>
      <source>Version {new} is there; {version} is in use. Looked {ago}.</source>
      <translation>有新版本 {new}；正在使用 {version}。上次检查：{ago}。</translation>
    </message>
    <message>
      <source>Version {version} is in use, the newest. Looked {ago}.</source>
      <translation>正在使用版本 {version}，已是最新。上次检查：{ago}。</translation>
    </message>
    <message>
      <source>Version {version} is in use. Not looked yet.</source>
      <translation>正在使用版本 {version}。尚未检查。</translation>
    </message>
    <message>
      <source>Version {version} is in use. Tried {ago}.</source>
      <translation>正在使用版本 {version}。上次尝试：{ago}。</translation>
    </message>
  </context>
  <context>
    <name>LastingVariables</name>
    <message>
      <source>Run this in a terminal, then start the app again. It holds until you log out:</source>
      <translation>在终端里运行下面的命令，然后重新启动应用。注销之前一直有效：</translation>
    </message>
    <message>
      <source>Run this in a terminal, then start the app again:</source>
      <translation>在终端里运行下面的命令，然后重新启动应用：</translation>
    </message>
    <message>
      <source>Write this into {file}, then log out and in again. Desktops with systemd read it there; on others write it, with “export ” before it, into ~/.profile. A line in .bashrc reaches only what is started from a terminal.</source>
      <translation>把下面的内容写进 {file}，然后注销再登录。使用 systemd 的桌面会从那里读取；其他桌面请在前面加上“export ”，写进 ~/.profile。写在 .bashrc 里的只对从终端启动的程序有效。</translation>
    </message>
  </context>
  <context>
    <name>Launch</name>
    <message>
      <source>Choose the folder of a project: Claude Code works on what is in it.</source>
      <translation>请选择一个项目的文件夹：Claude Code 会处理其中的内容。</translation>
    </message>
    <message>
      <source>Choosing a folder</source>
      <translation>选择文件夹</translation>
    </message>
    <message>
      <source>Claude Code is open in {name}. Ask it something there.</source>
      <translation>Claude Code 已在 {name} 中打开。在那里向它提问吧。</translation>
    </message>
    <message>
      <source>Claude Code was not found</source>
      <translation>未找到 Claude Code</translation>
    </message>
    <message>
      <source>Claude Code was not found. The install guide says how to get it.</source>
      <translation>没有找到 Claude Code。安装指南说明如何获取它。</translation>
    </message>
    <message>
      <source>Claude Code {version} is here</source>
      <translation>已找到 Claude Code {version}</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Enter the whole path of a folder, such as {example}.</source>
      <translation>请输入文件夹的完整路径，例如 {example}。</translation>
    </message>
    <message>
      <source>Folder to work in</source>
      <translation>工作文件夹</translation>
    </message>
    <message>
      <source>It works: your first request used {model} and took {time}.</source>
      <translation>成功：你的第一个请求使用了 {model}，用时 {time}。</translation>
    </message>
    <message>
      <source>Launch Claude Code</source>
      <translation>启动 Claude Code</translation>
    </message>
    <message>
      <source>Launching Claude Code</source>
      <translation>启动 Claude Code</translation>
    </message>
    <message>
      <source>Looking for Claude Code</source>
      <translation>查找 Claude Code</translation>
    </message>
    <message>
      <source>The first request failed: {error}</source>
      <translation>第一个请求失败：{error}</translation>
    </message>
    <message>
      <source>Waiting for the first request. You can also finish, and start later.</source>
      <translation>正在等待第一个请求。你也可以完成设置，以后再开始。</translation>
    </message>
  </context>
  <context>
    <name>LaunchPage</name>
    <message>
      <source>Launch</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Typed into any terminal, these do the same:</source>
      <translation>在任意终端中输入，效果相同：</translation>
    </message>
  </context>
  <context>
    <name>LaunchPresenter</name>
    <message>
      <source>Add a folder</source>
      <translation>添加文件夹</translation>
    </message>
    <message>
      <source>Adding a folder</source>
      <translation>添加文件夹</translation>
    </message>
    <message>
      <source>Changing the launch</source>
      <translation>更改启动方式</translation>
    </message>
    <message>
      <source>Claude Code was not found. The install guide below tells how to get it; Locate… is for one that is here already.</source>
      <translation>没有找到 Claude Code。下面的安装指南说明如何获取它；已经装好时请用“指定位置…”。</translation>
    </message>
    <message>
      <source>Forgetting the folder</source>
      <translation>忘记该文件夹</translation>
    </message>
    <message>
      <source>Launching Claude Code</source>
      <translation>启动 Claude Code</translation>
    </message>
    <message>
      <source>Looking for Claude Code</source>
      <translation>查找 Claude Code</translation>
    </message>
    <message>
      <source>Looking for recent folders</source>
      <translation>查找最近使用的文件夹</translation>
    </message>
    <message>
      <source>Looking for sessions</source>
      <translation>查找会话</translation>
    </message>
    <message>
      <source>{folder} uses the route set in use</source>
      <translation>{folder} 使用当前路由组</translation>
    </message>
    <message>
      <source>{folder} uses the route set {name}</source>
      <translation>{folder} 使用路由组 {name}</translation>
    </message>
  </context>
  <context>
    <name>LaunchRows</name>
    <message>
      <source>(no text)</source>
      <translation>（没有文字）</translation>
    </message>
    <message>
      <source>First request failed: {error}</source>
      <translation>第一个请求失败：{error}</translation>
    </message>
    <message>
      <source>First request: used {model}, {time}</source>
      <translation>第一个请求：使用 {model}，{time}</translation>
    </message>
    <message>
      <source>Started; no request has come from it yet.</source>
      <translation>已启动；尚未收到来自它的请求。</translation>
    </message>
    <message>
      <source>Started; waiting for its first request…</source>
      <translation>已启动；等待第一个请求…</translation>
    </message>
    <message>
      <source>Today {time}</source>
      <translation>今天 {time}</translation>
    </message>
    <message>
      <source>Yesterday {time}</source>
      <translation>昨天 {time}</translation>
    </message>
    <message>
      <source>d MMM</source>
      <translation>M月d日</translation>
    </message>
    <message>
      <source>d MMM yyyy</source>
      <translation>yyyy年M月d日</translation>
    </message>
  </context>
  <context>
    <name>LaunchView</name>
    <message>
      <source>Check again</source>
      <translation>再次检查</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Folder to work in</source>
      <translation>工作文件夹</translation>
    </message>
    <message>
      <source>Install guide</source>
      <translation>安装指南</translation>
    </message>
    <message>
      <source>Looking for Claude Code…</source>
      <translation>正在查找 Claude Code…</translation>
    </message>
    <message>
      <source>Looking for a terminal…</source>
      <translation>正在查找终端…</translation>
    </message>
    <message>
      <source>No terminal was found: run “ccr code” where you type commands</source>
      <translation>未找到终端：请在你输入命令的地方运行“ccr code”</translation>
    </message>
    <message>
      <source>Open Claude Code in a folder of yours, and ask it something.</source>
      <translation>在你的文件夹中打开 Claude Code，向它提问。</translation>
    </message>
    <message>
      <source>Start at login</source>
      <translation>登录时启动</translation>
    </message>
    <message>
      <source>The folder of a project</source>
      <translation>项目的文件夹</translation>
    </message>
    <message>
      <source>The router is there before you need it.</source>
      <translation>在你需要之前，路由器已经就绪。</translation>
    </message>
    <message>
      <source>This command installs it; then check again:</source>
      <translation>以下命令可安装它；然后再次检查：</translation>
    </message>
    <message>
      <source>This desktop has no tray. Open the window again from the list of programs.</source>
      <translation>此桌面没有托盘。请从程序列表重新打开窗口。</translation>
    </message>
    <message>
      <source>{name} opens it</source>
      <translation>由 {name} 打开</translation>
    </message>
  </context>
  <context>
    <name>LegacyProvider</name>
    <message>
      <source>Made a provider of the older settings</source>
      <translation>已把旧设置变成提供商</translation>
    </message>
    <message>
      <source>Remove them</source>
      <translation>移除它们</translation>
    </message>
    <message>
      <source>Removed the older settings</source>
      <translation>已移除旧设置</translation>
    </message>
    <message>
      <source>They are the one provider “openai” now.</source>
      <translation>现在它们是名为“openai”的提供商。</translation>
    </message>
    <message>
      <source>They have no effect beside the list of providers.</source>
      <translation>有提供商列表时它们不起作用。</translation>
    </message>
    <message>
      <source>Turn into a provider</source>
      <translation>变成提供商</translation>
    </message>
  </context>
  <context>
    <name>LineFields</name>
    <message>
      <source>A Python file, a JavaScript file or a program. It has 0.3 seconds.</source>
      <translation>Python 文件、JavaScript 文件或程序。它有 0.3 秒时间。</translation>
    </message>
    <message>
      <source>A name, or a colour such as #ffaf00.</source>
      <translation>名称，或 #ffaf00 这样的颜色。</translation>
    </message>
    <message>
      <source>Background</source>
      <translation>背景</translation>
    </message>
    <message>
      <source>Behind the text, as for Powerline.</source>
      <translation>文字后面，用于 Powerline。</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Icon before it</source>
      <translation>前面的图标</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Script</source>
      <translation>脚本</translation>
    </message>
    <message>
      <source>Shows</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Words and {{placeholders}}; empty: the usual text.</source>
      <translation>文字和 {{placeholders}}；空：通常的文字。</translation>
    </message>
  </context>
  <context>
    <name>LineParts</name>
    <message>
      <source>Add a part</source>
      <translation>添加部分</translation>
    </message>
    <message>
      <source>Add a part…</source>
      <translation>添加部分…</translation>
    </message>
    <message>
      <source>Added: {name}</source>
      <translation>已添加：{name}</translation>
    </message>
    <message>
      <source>Changed: {name}</source>
      <translation>已更改：{name}</translation>
    </message>
    <message>
      <source>Drag them, or press Ctrl and an arrow key, to change their order.</source>
      <translation>拖动它们，或按 Ctrl 和方向键来更改顺序。</translation>
    </message>
    <message>
      <source>Order of the status line</source>
      <translation>状态栏的顺序</translation>
    </message>
    <message>
      <source>Parts of the line</source>
      <translation>状态栏的各部分</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Removed: {name}</source>
      <translation>已移除：{name}</translation>
    </message>
    <message>
      <source>These are built in. Change one, and your settings get them all.</source>
      <translation>这些是内置的。更改其中一个，它们都会写入你的设置。</translation>
    </message>
    <message>
      <source>Use the built-in parts</source>
      <translation>使用内置的部分</translation>
    </message>
  </context>
  <context>
    <name>LinePresenter</name>
    <message>
      <source>Choose a script</source>
      <translation>选择脚本</translation>
    </message>
    <message>
      <source>Choosing a script</source>
      <translation>选择脚本</translation>
    </message>
    <message>
      <source>Drawing the status line</source>
      <translation>绘制状态栏</translation>
    </message>
    <message>
      <source>Style of the status line: {name}</source>
      <translation>状态栏的样式：{name}</translation>
    </message>
    <message>
      <source>The built-in status line</source>
      <translation>内置状态栏</translation>
    </message>
  </context>
  <context>
    <name>LinePreview</name>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Example</source>
      <translation>示例</translation>
    </message>
    <message>
      <source>Ground of the terminal</source>
      <translation>终端的背景</translation>
    </message>
    <message>
      <source>Last session</source>
      <translation>上次会话</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Preview of the status line</source>
      <translation>状态栏的预览</translation>
    </message>
    <message>
      <source>What only Claude Code knows, such as the cost, is made up.</source>
      <translation>只有 Claude Code 知道的内容（例如费用）是虚构的。</translation>
    </message>
    <message>
      <source>What the preview shows</source>
      <translation>预览显示什么</translation>
    </message>
    <message>
      <source>□ is an icon that your terminal draws if it has a Nerd Font.</source>
      <translation>□ 是一个图标，如果终端使用 Nerd Font 就会画出它。</translation>
    </message>
  </context>
  <context>
    <name>LogFolder</name>
    <message>
      <source>Looking at the logs</source>
      <translation>查看日志</translation>
    </message>
    <message>
      <source>{folder}: {count} files, {size}. Old ones are removed by themselves.</source>
      <translation>{folder}：{count} 个文件，{size}。旧的会自动移除。</translation>
    </message>
  </context>
  <context>
    <name>ModelRowView</name>
    <message>
      <source>Add a backup model for %s</source>
      <translation>为 %s 添加备用模型</translation>
    </message>
    <message>
      <source>Backup</source>
      <translation>备用</translation>
    </message>
    <message>
      <source>Backup models of %s</source>
      <translation>%s 的备用模型</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>清除</translation>
    </message>
    <message>
      <source>Clear %s</source>
      <translation>清除 %s</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Rename %s</source>
      <translation>重命名 %s</translation>
    </message>
  </context>
  <context>
    <name>Models</name>
    <message>
      <source>As it is in your settings.</source>
      <translation>与你的设置一致。</translation>
    </message>
    <message>
      <source>Asking for the models</source>
      <translation>询问模型</translation>
    </message>
    <message>
      <source>Asking {title} for its models…</source>
      <translation>正在向 {title} 询问其模型…</translation>
    </message>
    <message>
      <source>Save and continue</source>
      <translation>保存并继续</translation>
    </message>
    <message>
      <source>Saving</source>
      <translation>正在保存</translation>
    </message>
    <message>
      <source>Set up {title}</source>
      <translation>设置 {title}</translation>
    </message>
    <message>
      <source>The list could not be had ({why}); these models are usual there.</source>
      <translation>无法获取列表（{why}）；以下是常用的模型。</translation>
    </message>
    <message>
      <source>the models</source>
      <translation>模型列表</translation>
    </message>
  </context>
  <context>
    <name>ModelsLoader</name>
    <message>
      <source>Give the address of the provider first.</source>
      <translation>请先填写提供商的地址。</translation>
    </message>
    <message>
      <source>Loading the models</source>
      <translation>加载模型</translation>
    </message>
    <message>
      <source>the provider</source>
      <translation>该提供商</translation>
    </message>
  </context>
  <context>
    <name>ModelsSection</name>
    <message>
      <source>Add “{name}”</source>
      <translation>添加“{name}”</translation>
    </message>
    <message>
      <source>Asking {vendor} for its models…</source>
      <translation>正在向 {vendor} 询问其模型…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Load list</source>
      <translation>加载列表</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Search, or type the name of a model</source>
      <translation>搜索，或输入模型名称</translation>
    </message>
    <message>
      <source>The provider lists no models. Type a name.</source>
      <translation>该提供商没有列出模型。请输入名称。</translation>
    </message>
    <message>
      <source>{n} models. Tick those that you want to use.</source>
      <translation>{n} 个模型。请勾选要使用的。</translation>
    </message>
  </context>
  <context>
    <name>ModelsView</name>
    <message>
      <source>Background jobs</source>
      <translation>后台任务</translation>
    </message>
    <message>
      <source>Long conversations</source>
      <translation>长对话</translation>
    </message>
    <message>
      <source>Main work</source>
      <translation>主要工作</translation>
    </message>
    <message>
      <source>Which model does what. Other kinds of work, backup models and rules are on the page Routes, whenever you like.</source>
      <translation>为每类工作选择模型。其他工作类型、备用模型和规则随时可在“路由”页面设置。</translation>
    </message>
  </context>
  <context>
    <name>NameDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Page {number}</source>
      <translation>第 {number} 页</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>页面</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
  </context>
  <context>
    <name>NetworkSection</name>
    <message>
      <source>Network proxy</source>
      <translation>网络代理</translation>
    </message>
    <message>
      <source>Seconds for the whole answer</source>
      <translation>整个回答的秒数</translation>
    </message>
    <message>
      <source>Seconds of silence within an answer</source>
      <translation>回答中途静默的秒数</translation>
    </message>
    <message>
      <source>Seconds until a connection stands</source>
      <translation>建立连接的秒数</translation>
    </message>
    <message>
      <source>Seconds until an answer begins</source>
      <translation>回答开始的秒数</translation>
    </message>
    <message>
      <source>as for all providers</source>
      <translation>与所有提供商相同</translation>
    </message>
    <message>
      <source>http://, https://, socks5://, socks5h://, socks4:// or socks4a://; “none” goes without one.</source>
      <translation>http://、https://、socks5://、socks5h://、socks4:// 或 socks4a://；“none”表示不用代理。</translation>
    </message>
    <message>
      <source>no limit</source>
      <translation>没有限制</translation>
    </message>
  </context>
  <context>
    <name>NotesView</name>
    <message>
      <source>It comes without notes.</source>
      <translation>此版本没有说明。</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>新内容</translation>
    </message>
  </context>
  <context>
    <name>NoticeWords</name>
    <message>
      <source>A request to {vendor} failed.</source>
      <translation>发往 {vendor} 的一个请求失败。</translation>
    </message>
    <message>
      <source>An update is ready</source>
      <translation>有可用更新</translation>
    </message>
    <message>
      <source>Background jobs</source>
      <translation>后台任务</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>更改</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>检查</translation>
    </message>
    <message>
      <source>Claude Code could not be started</source>
      <translation>无法启动 Claude Code</translation>
    </message>
    <message>
      <source>Enter key</source>
      <translation>输入密钥</translation>
    </message>
    <message>
      <source>Keep using</source>
      <translation>继续使用备用</translation>
    </message>
    <message>
      <source>Main work</source>
      <translation>主要工作</translation>
    </message>
    <message>
      <source>Mute for 1 h</source>
      <translation>静音 1 小时</translation>
    </message>
    <message>
      <source>Notifications are blocked</source>
      <translation>通知被阻止</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Open Costs</source>
      <translation>查看费用</translation>
    </message>
    <message>
      <source>Read</source>
      <translation>阅读</translation>
    </message>
    <message>
      <source>Restart</source>
      <translation>重启</translation>
    </message>
    <message>
      <source>Router: a request failed</source>
      <translation>路由器：有请求失败</translation>
    </message>
    <message>
      <source>Router: back to normal</source>
      <translation>路由器：已恢复正常</translation>
    </message>
    <message>
      <source>Router: low balance at {vendor}</source>
      <translation>路由器：{vendor} 余额不足</translation>
    </message>
    <message>
      <source>Router: models in use</source>
      <translation>路由器：使用中的模型</translation>
    </message>
    <message>
      <source>Router: more happened</source>
      <translation>路由器：还有其他通知</translation>
    </message>
    <message>
      <source>Router: provider paused</source>
      <translation>路由器：提供商已暂停</translation>
    </message>
    <message>
      <source>Router: using a backup model</source>
      <translation>路由器：正在使用备用模型</translation>
    </message>
    <message>
      <source>Router: {count} requests failed</source>
      <translation>路由器：{count} 个请求失败</translation>
    </message>
    <message>
      <source>Router: {level} % of {period} budget</source>
      <translation>路由器：{period}预算已用 {level} %</translation>
    </message>
    <message>
      <source>Router: {vendor} did not allow a request</source>
      <translation>路由器：{vendor} 不允许一个请求</translation>
    </message>
    <message>
      <source>Router: {vendor} does not accept your key</source>
      <translation>路由器：{vendor} 不接受你的密钥</translation>
    </message>
    <message>
      <source>Router: {vendor} has no key</source>
      <translation>路由器：{vendor} 没有密钥</translation>
    </message>
    <message>
      <source>See changes</source>
      <translation>查看更改</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Show why</source>
      <translation>查看原因</translation>
    </message>
    <message>
      <source>Some notices were held back. All of them are on Home.</source>
      <translation>有些通知未弹出。它们都在主页上。</translation>
    </message>
    <message>
      <source>Switch to a cheaper model</source>
      <translation>切换到更便宜的模型</translation>
    </message>
    <message>
      <source>The balance at {vendor} is empty.</source>
      <translation>{vendor} 的余额为空。</translation>
    </message>
    <message>
      <source>The key of {vendor} is not there yet.</source>
      <translation>{vendor} 的密钥还没有取到。</translation>
    </message>
    <message>
      <source>The last one: {cause}</source>
      <translation>最近一次：{cause}</translation>
    </message>
    <message>
      <source>The provider</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>The router failed on it; its log says more.</source>
      <translation>路由器处理时出错；日志中有更多信息。</translation>
    </message>
    <message>
      <source>The router stopped</source>
      <translation>路由器已停止</translation>
    </message>
    <message>
      <source>The system shows no notices of CCR Desktop. They are listed here instead.</source>
      <translation>系统不显示 CCR Desktop 的通知。通知改为列在这里。</translation>
    </message>
    <message>
      <source>Thinking</source>
      <translation>思考</translation>
    </message>
    <message>
      <source>This version of Claude Code has known problems</source>
      <translation>此版本的 Claude Code 有已知问题</translation>
    </message>
    <message>
      <source>Try again now</source>
      <translation>立即重试</translation>
    </message>
    <message>
      <source>Version {version} can be installed.</source>
      <translation>可以安装版本 {version}。</translation>
    </message>
    <message>
      <source>Version {version}: {problem}</source>
      <translation>版本 {version}：{problem}</translation>
    </message>
    <message>
      <source>Web search</source>
      <translation>网页搜索</translation>
    </message>
    <message>
      <source>Work on long conversations</source>
      <translation>长对话工作</translation>
    </message>
    <message>
      <source>Work on pictures</source>
      <translation>图片工作</translation>
    </message>
    <message>
      <source>{cause} No other model could take over.</source>
      <translation>{cause}没有其他模型可以接替。</translation>
    </message>
    <message>
      <source>{cause} {model} was not tried: “Backup behaviour” in Routes does not count this failure.</source>
      <translation>{cause}未尝试 {model}：“路由”中的“备用方式”未勾选这类故障。</translation>
    </message>
    <message>
      <source>{cause} {work} now uses {model}. It will switch back by itself.</source>
      <translation>{cause}{work}现在使用 {model}。恢复后会自动切换回来。</translation>
    </message>
    <message>
      <source>{reason} Claude Code gets no answers until it runs again.</source>
      <translation>{reason}在它重新运行之前，Claude Code 得不到回答。</translation>
    </message>
    <message>
      <source>{spent:.2f} of {limit:.2f} {currency} used.</source>
      <translation>已用 {spent:.2f}，共 {limit:.2f} {currency}。</translation>
    </message>
    <message>
      <source>{vendor} answers again. {model} is in use as before.</source>
      <translation>{vendor} 恢复响应。{model} 照常使用。</translation>
    </message>
    <message>
      <source>{vendor} asks to wait: too many requests.</source>
      <translation>{vendor} 要求等待：请求过多。</translation>
    </message>
    <message>
      <source>{vendor} could not be reached, or broke off.</source>
      <translation>无法连接 {vendor}，或连接中断。</translation>
    </message>
    <message>
      <source>{vendor} did not accept the key.</source>
      <translation>{vendor} 不接受该密钥。</translation>
    </message>
    <message>
      <source>{vendor} did not allow a request with this key. Check what the key may do, or enter another one.</source>
      <translation>{vendor} 不允许用此密钥发出某个请求。请检查该密钥的权限，或输入另一个密钥。</translation>
    </message>
    <message>
      <source>{vendor} did not allow it.</source>
      <translation>{vendor} 不允许。</translation>
    </message>
    <message>
      <source>{vendor} did not answer.</source>
      <translation>{vendor} 没有响应。</translation>
    </message>
    <message>
      <source>{vendor} has no key that serves.</source>
      <translation>{vendor} 没有可用的密钥。</translation>
    </message>
    <message>
      <source>{vendor} has no key that serves. Requests to it fail until it has one.</source>
      <translation>{vendor} 没有可用的密钥。在有密钥之前，发给它的请求都会失败。</translation>
    </message>
    <message>
      <source>{vendor} has no model named “{model}”.</source>
      <translation>{vendor} 没有名为“{model}”的模型。</translation>
    </message>
    <message>
      <source>{vendor} has trouble with its service.</source>
      <translation>{vendor} 的服务出现故障。</translation>
    </message>
    <message>
      <source>{vendor} is answering too slowly.</source>
      <translation>{vendor} 响应太慢。</translation>
    </message>
    <message>
      <source>{vendor} is left alone after failures.</source>
      <translation>{vendor} 多次失败后暂不使用。</translation>
    </message>
    <message>
      <source>{vendor} is overloaded.</source>
      <translation>{vendor} 过载。</translation>
    </message>
    <message>
      <source>{vendor} is paused after repeated errors. {reason}</source>
      <translation>{vendor} 多次出错后已暂停。{reason}</translation>
    </message>
    <message>
      <source>{vendor} is switched off.</source>
      <translation>{vendor} 已关闭。</translation>
    </message>
    <message>
      <source>{vendor} refused the key. Requests to it will fail until you enter a new one.</source>
      <translation>{vendor} 拒绝了密钥。在你输入新密钥之前，发往它的请求都会失败。</translation>
    </message>
    <message>
      <source>{vendor}: less than {level} % left{window}.</source>
      <translation>{vendor}：剩余不到 {level} %{window}。</translation>
    </message>
  </context>
  <context>
    <name>NowCard</name>
    <message>
      <source>Keys</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Last request</source>
      <translation>最近的请求</translation>
    </message>
    <message>
      <source>Main work</source>
      <translation>主要工作</translation>
    </message>
    <message>
      <source>No model is chosen.</source>
      <translation>没有选择模型。</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>现在</translation>
    </message>
    <message>
      <source>Pause routing…</source>
      <translation>暂停路由…</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Route set</source>
      <translation>路由组</translation>
    </message>
    <message>
      <source>Routing is paused until {time}: everything goes to the main model.</source>
      <translation>路由暂停至 {time}：全部发往主模型。</translation>
    </message>
    <message>
      <source>Routing is paused: everything goes to the main model.</source>
      <translation>路由已暂停：全部发往主模型。</translation>
    </message>
    <message>
      <source>Show the last request</source>
      <translation>显示最近的请求</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>标准</translation>
    </message>
    <message>
      <source>The demo answers until the settings file is mended.</source>
      <translation>在设置文件修正之前由演示提供商回答。</translation>
    </message>
    <message>
      <source>The demo answers. Add a provider to get real answers.</source>
      <translation>当前由演示提供商回答。添加提供商即可得到真正的回答。</translation>
    </message>
    <message>
      <source>Waiting for your password store</source>
      <translation>正在等待密码库</translation>
    </message>
    <message>
      <source>{backup} ({provider}) as a backup for {model}</source>
      <translation>{backup}（{provider}）作为 {model} 的备用</translation>
    </message>
  </context>
  <context>
    <name>Offers</name>
    <message>
      <source>What may stand here</source>
      <translation>此处可以写什么</translation>
    </message>
  </context>
  <context>
    <name>Opening</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Copy the path</source>
      <translation>复制路径</translation>
    </message>
    <message>
      <source>Opening {path}</source>
      <translation>正在打开 {path}</translation>
    </message>
    <message>
      <source>This system has no program to open it with</source>
      <translation>系统中没有可以打开它的程序</translation>
    </message>
  </context>
  <context>
    <name>OptionsDialog</name>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation>有引号没有闭合。</translation>
    </message>
    <message>
      <source>Arguments</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Claude Code gets them with each launch.</source>
      <translation>每次启动都会把它们传给 Claude Code。</translation>
    </message>
    <message>
      <source>Launch in {folder}</source>
      <translation>在 {folder} 中启动</translation>
    </message>
    <message>
      <source>Route set</source>
      <translation>路由组</translation>
    </message>
    <message>
      <source>Routes of its own: {routes}</source>
      <translation>自己的路由：{routes}</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>The one in use</source>
      <translation>正在使用的路由组</translation>
    </message>
    <message>
      <source>What routes requests from this folder, whichever set is in use.</source>
      <translation>无论使用哪个路由组，都由它决定来自此文件夹的请求。</translation>
    </message>
    <message>
      <source>{name} (not there)</source>
      <translation>{name}（不存在）</translation>
    </message>
  </context>
  <context>
    <name>OtherWays</name>
    <message>
      <source>%1One of a plugin needs that plugin: see Plugins in Settings.</source>
      <translation>%1插件提供的名称需要该插件：见“设置”中的“插件”。</translation>
    </message>
    <message>
      <source>A company's own authority goes under Network in Settings.</source>
      <translation>公司自己的证书颁发机构应在“设置”的“网络”中指定。</translation>
    </message>
    <message>
      <source>A preset is added under Presets in Settings.</source>
      <translation>请在“设置”的“预设”中添加预设。</translation>
    </message>
    <message>
      <source>And %1 more: Settings, Text, marks them all.</source>
      <translation>还有 %1 个：“设置”的“文本”会全部标出。</translation>
    </message>
    <message>
      <source>Check how the address ends.</source>
      <translation>检查地址的结尾。</translation>
    </message>
    <message>
      <source>Check the address and the name of the model.</source>
      <translation>检查地址和模型名称。</translation>
    </message>
    <message>
      <source>Check the address.</source>
      <translation>检查地址。</translation>
    </message>
    <message>
      <source>Check the key of this provider.</source>
      <translation>请检查该提供商的密钥。</translation>
    </message>
    <message>
      <source>Check the network, the proxy and the address.</source>
      <translation>检查网络、代理和地址。</translation>
    </message>
    <message>
      <source>Check the network; one that needs a proxy has it under Network in Settings.</source>
      <translation>请检查网络；需要代理的网络在“设置”的“网络”中指定代理。</translation>
    </message>
    <message>
      <source>Check the proxy under Network in Settings.</source>
      <translation>请检查“设置”的“网络”中的代理。</translation>
    </message>
    <message>
      <source>Correct its extra keys at the provider.</source>
      <translation>请在该提供商处更正“更多密钥”。</translation>
    </message>
    <message>
      <source>Enter EMAIL:API_TOKEN as the key</source>
      <translation>请输入 EMAIL:API_TOKEN 作为密钥</translation>
    </message>
    <message>
      <source>Enter a key at the provider.</source>
      <translation>请在提供商处输入密钥。</translation>
    </message>
    <message>
      <source>Enter it at the provider.</source>
      <translation>请在提供商处输入。</translation>
    </message>
    <message>
      <source>Enter it in its own field.</source>
      <translation>请在它自己的字段中输入。</translation>
    </message>
    <message>
      <source>Enter it under Service in Settings.</source>
      <translation>请在“设置”的“服务”中输入。</translation>
    </message>
    <message>
      <source>In Settings, check the proxy under Network and, under Advanced, where new versions are.</source>
      <translation>请在“设置”中检查“网络”中的代理，以及“高级”中新版本的来源。</translation>
    </message>
    <message>
      <source>Install it under Presets in Settings.</source>
      <translation>请在“设置”的“预设”中安装它。</translation>
    </message>
    <message>
      <source>Installed are: %1. Add one under Presets in Settings.</source>
      <translation>已安装：%1。请在“设置”的“预设”中添加。</translation>
    </message>
    <message>
      <source>It may be mistyped, expired or for another service. Enter a new one at the provider.</source>
      <translation>它可能有输入错误、已过期，或属于其他服务。请在提供商处输入新的密钥。</translation>
    </message>
    <message>
      <source>Logs are in the log folder, which Settings, Files opens.</source>
      <translation>日志在日志文件夹中，可从“设置”的“文件”打开。</translation>
    </message>
    <message>
      <source>Name one of its settings, or change it in Settings, Text.</source>
      <translation>请指定其中一项设置，或在“设置”的“文本”中更改。</translation>
    </message>
    <message>
      <source>Nothing was changed. Enter it at the provider.</source>
      <translation>未作任何更改。请在提供商处输入。</translation>
    </message>
    <message>
      <source>Presets in Settings shows all.</source>
      <translation>“设置”的“预设”显示全部。</translation>
    </message>
    <message>
      <source>Remove the device under Service in Settings, and add it again.</source>
      <translation>请在“设置”的“服务”中移除该设备，再重新添加。</translation>
    </message>
    <message>
      <source>Settings, History, lists them.</source>
      <translation>“设置”的“历史”列出了它们。</translation>
    </message>
    <message>
      <source>Settings, Text, marks what is wrong.</source>
      <translation>“设置”的“文本”会标出错误之处。</translation>
    </message>
    <message>
      <source>Settings, Text, shows what is there.</source>
      <translation>“设置”的“文本”显示其中的内容。</translation>
    </message>
    <message>
      <source>Sign in at the provider.</source>
      <translation>请在提供商处登录。</translation>
    </message>
    <message>
      <source>Start the server of %1, or correct its address.</source>
      <translation>启动 %1 的服务器，或更正其地址。</translation>
    </message>
    <message>
      <source>Switch it on again among the providers, or choose a backup model.</source>
      <translation>请在提供商列表中重新启用它，或选择一个备用模型。</translation>
    </message>
    <message>
      <source>Take the sign-in (name:password@) out of the address, or remove the key or the header Authorization.</source>
      <translation>请从地址中去掉登录信息（name:password@），或移除密钥或 Authorization 请求头。</translation>
    </message>
    <message>
      <source>Take the sign-in out of the address, or remove the key.</source>
      <translation>把登录信息从地址中去掉，或删除密钥。</translation>
    </message>
    <message>
      <source>The form of the provider lists the models.</source>
      <translation>该提供商的表单中列有这些模型。</translation>
    </message>
    <message>
      <source>The page Launch says how to install it and where it was looked for, and can be told where it is.</source>
      <translation>启动页会说明如何安装、在哪里找过，也可以在那里指定它的位置。</translation>
    </message>
    <message>
      <source>The providers are: %1. Add one on the page Providers.</source>
      <translation>现有提供商：%1。请在“提供商”页面添加。</translation>
    </message>
    <message>
      <source>a company's own authority goes under Network in Settings</source>
      <translation>公司自有的证书颁发机构请在“设置”的“网络”中指定</translation>
    </message>
    <message>
      <source>check the address and the proxy of the provider</source>
      <translation>请检查该提供商的地址和代理</translation>
    </message>
    <message>
      <source>check the address of the provider</source>
      <translation>请检查该提供商的地址</translation>
    </message>
    <message>
      <source>check the address, or choose another model.</source>
      <translation>请检查地址，或选择其他模型。</translation>
    </message>
    <message>
      <source>check the address, the key and the headers of the provider</source>
      <translation>请检查该提供商的地址、密钥和请求头</translation>
    </message>
    <message>
      <source>check the network and the proxy under Network in Settings</source>
      <translation>请检查网络以及“设置”的“网络”中的代理</translation>
    </message>
    <message>
      <source>check the proxy of the provider and that under Network in Settings</source>
      <translation>请检查该提供商的代理，以及“设置”的“网络”中的代理</translation>
    </message>
    <message>
      <source>presets %1: see and use them under Presets in Settings.</source>
      <translation>预设 %1：请在“设置”的“预设”中查看和使用。</translation>
    </message>
    <message>
      <source>proxy: capturing the traffic of other programs does not exist here. Launch Claude Code from CCR Desktop.</source>
      <translation>代理：这里不会截取其他程序的流量。请从 CCR Desktop 启动 Claude Code。</translation>
    </message>
    <message>
      <source>take the sign-in out of the address, or remove the key</source>
      <translation>请从地址中去掉登录信息，或移除密钥</translation>
    </message>
    <message>
      <source>the status line (see Status line in Settings)</source>
      <translation>状态栏（见“设置”中的“状态栏”）</translation>
    </message>
  </context>
  <context>
    <name>Outcome</name>
    <message>
      <source>Answered</source>
      <translation>已应答</translation>
    </message>
    <message>
      <source>Balance is empty</source>
      <translation>余额为空</translation>
    </message>
    <message>
      <source>Broke off</source>
      <translation>中断</translation>
    </message>
    <message>
      <source>Key not accepted</source>
      <translation>密钥无效</translation>
    </message>
    <message>
      <source>Not allowed</source>
      <translation>没有权限</translation>
    </message>
    <message>
      <source>Not found</source>
      <translation>未找到</translation>
    </message>
    <message>
      <source>Not reached</source>
      <translation>无法连接</translation>
    </message>
    <message>
      <source>On a backup</source>
      <translation>使用备用模型</translation>
    </message>
    <message>
      <source>Overloaded</source>
      <translation>过载</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>被拒绝</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>运行中</translation>
    </message>
    <message>
      <source>Service trouble</source>
      <translation>服务故障</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>Too long</source>
      <translation>太长</translation>
    </message>
    <message>
      <source>Too many requests</source>
      <translation>请求过多</translation>
    </message>
    <message>
      <source>Too slow</source>
      <translation>太慢</translation>
    </message>
  </context>
  <context>
    <name>Overrides</name>
    <message>
      <source> and </source>
      <translation>和</translation>
    </message>
    <message>
      <source>A settings file gives it another key</source>
      <translation>有一个设置文件为其指定了其他密钥</translation>
    </message>
    <message>
      <source>A settings file leads it elsewhere</source>
      <translation>有一个设置文件将其指向别处</translation>
    </message>
    <message>
      <source>Looking at its settings…</source>
      <translation>正在查看其设置…</translation>
    </message>
    <message>
      <source>Nothing leads it elsewhere</source>
      <translation>没有设置将其指向别处</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Show why</source>
      <translation>查看原因</translation>
    </message>
    <message>
      <source>{count} settings files give it another key</source>
      <translation>{count} 个设置文件为其指定了其他密钥</translation>
    </message>
    <message>
      <source>{count} settings files lead it elsewhere</source>
      <translation>{count} 个设置文件将其指向别处</translation>
    </message>
    <message>
      <source>{file} gives Claude Code another key than the router's: {keys}.</source>
      <translation>{file} 给了 Claude Code 另一个密钥，而不是路由器的密钥：{keys}。</translation>
    </message>
    <message>
      <source>{file} leads Claude Code elsewhere ({places}), and with another key ({keys}).</source>
      <translation>{file} 把 Claude Code 引向别处（{places}），并且用了另一个密钥（{keys}）。</translation>
    </message>
    <message>
      <source>{file} leads Claude Code elsewhere: {places}.</source>
      <translation>{file} 把 Claude Code 引向别处：{places}。</translation>
    </message>
  </context>
  <context>
    <name>OwnLaunchesCard</name>
    <message>
      <source>Also route my normal “claude” command</source>
      <translation>我平常的“claude”命令也走路由</translation>
    </message>
    <message>
      <source>Another program has changed a part of what was written to {file}.</source>
      <translation>其他程序更改了写入 {file} 的部分内容。</translation>
    </message>
    <message>
      <source>Another program leads claude to {address}, by {file}. Turning this on replaces that; turning it off puts it back.</source>
      <translation>另一个程序通过 {file} 让 claude 连接到 {address}。打开此项会替换它；关闭后会恢复。</translation>
    </message>
    <message>
      <source>For launches from here, by a settings file of the app's own.</source>
      <translation>用于从这里启动的会话，通过应用自己的设置文件。</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>Off: a claude that you start yourself goes where it always went. Turning this on shows the change of {file} first, and can be undone.</source>
      <translation>关闭：你自己启动的 claude 仍按原来的方式连接。打开时会先显示对 {file} 的更改，并且可以撤销。</translation>
    </message>
    <message>
      <source>On: {file} leads every claude to this router.</source>
      <translation>打开：{file} 让每个 claude 都经过此路由器。</translation>
    </message>
    <message>
      <source>Review changes…</source>
      <translation>查看更改…</translation>
    </message>
    <message>
      <source>Show the model in Claude Code's status line</source>
      <translation>在 Claude Code 的状态栏显示模型</translation>
    </message>
    <message>
      <source>The address or the key of this router has changed since {file} was written.</source>
      <translation>写入 {file} 之后，此路由器的地址或密钥有变化。</translation>
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Activity</source>
      <translation>活动</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <source>Home</source>
      <translation>主页</translation>
    </message>
    <message>
      <source>Launch</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Providers</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Routes</source>
      <translation>路由</translation>
    </message>
    <message>
      <source>Set-up assistant</source>
      <translation>设置助手</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
  </context>
  <context>
    <name>PairsField</name>
    <message>
      <source>“{line}” has no value. Write: name = value</source>
      <translation>“{line}”没有值。请写：名称 = 值</translation>
    </message>
    <message>
      <source>“{name}” is there twice, with different values. Keep one of them.</source>
      <translation>“{name}”出现了两次，值不同。请只保留一个。</translation>
    </message>
  </context>
  <context>
    <name>Part</name>
    <message>
      <source>As the file writes it.</source>
      <translation>与文件中的写法相同。</translation>
    </message>
    <message>
      <source>Remove “{part}”</source>
      <translation>移除“{part}”</translation>
    </message>
  </context>
  <context>
    <name>Passphrase</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Passphrase</source>
      <translation>密码短语</translation>
    </message>
    <message>
      <source>The same passphrase again</source>
      <translation>再次输入相同的密码短语</translation>
    </message>
    <message>
      <source>The two passphrases differ. Enter the same one in both fields.</source>
      <translation>两次输入的密码短语不同。请在两个字段中输入相同的密码短语。</translation>
    </message>
  </context>
  <context>
    <name>PassphraseDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Passphrase</source>
      <translation>密码短语</translation>
    </message>
    <message>
      <source>Passphrase (may stay empty)</source>
      <translation>密码短语（可以留空）</translation>
    </message>
    <message>
      <source>Protected file for keys</source>
      <translation>存放密钥的受保护文件</translation>
    </message>
    <message>
      <source>The same passphrase again</source>
      <translation>再次输入相同的密码短语</translation>
    </message>
    <message>
      <source>Use a protected file</source>
      <translation>使用受保护的文件</translation>
    </message>
  </context>
  <context>
    <name>PathRow</name>
    <message>
      <source>Choose: {title}</source>
      <translation>选择：{title}</translation>
    </message>
    <message>
      <source>Choosing a file</source>
      <translation>选择文件</translation>
    </message>
  </context>
  <context>
    <name>PluginCard</name>
    <message>
      <source>(can't be read)</source>
      <translation>（无法读取）</translation>
    </message>
    <message>
      <source>Open in editor</source>
      <translation>在编辑器中打开</translation>
    </message>
    <message>
      <source>Providers</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Remove {name}</source>
      <translation>移除 {name}</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>正在测试…</translation>
    </message>
    <message>
      <source>Traceback</source>
      <translation>回溯信息</translation>
    </message>
    <message>
      <source>What it did</source>
      <translation>它做了什么</translation>
    </message>
  </context>
  <context>
    <name>PluginOptions</name>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Options</source>
      <translation>选项</translation>
    </message>
    <message>
      <source>Save the options</source>
      <translation>保存选项</translation>
    </message>
  </context>
  <context>
    <name>Plugins</name>
    <message>
      <source># {name}: only a name, without hooks</source>
      <translation># {name}：只有名称，没有钩子</translation>
    </message>
    <message>
      <source>A file is JavaScript, and Node.js, which runs it, was not found. Install Node.js 18 or newer, then start the router again.</source>
      <translation>有一个文件是 JavaScript，而运行它的 Node.js 没有找到。请安装 Node.js 18 或更高版本，然后重新启动路由器。</translation>
    </message>
    <message>
      <source>Add a file…</source>
      <translation>添加文件…</translation>
    </message>
    <message>
      <source>Built in</source>
      <translation>内置</translation>
    </message>
    <message>
      <source>CCR Desktop has this one itself: nobody looks into the file.</source>
      <translation>CCR Desktop 自带此功能：不会读取该文件。</translation>
    </message>
    <message>
      <source>Can't be loaded</source>
      <translation>无法加载</translation>
    </message>
    <message>
      <source>Compatibility fixes of your own</source>
      <translation>你自己的兼容修复</translation>
    </message>
    <message>
      <source>Fails</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>File not there</source>
      <translation>文件不存在</translation>
    </message>
    <message>
      <source>Get Node.js</source>
      <translation>获取 Node.js</translation>
    </message>
    <message>
      <source>Its code fails as soon as it is wanted: requests that need it fail.</source>
      <translation>一用到它，其代码就会失败：需要它的请求也会失败。</translation>
    </message>
    <message>
      <source>Loaded</source>
      <translation>已加载</translation>
    </message>
    <message>
      <source>Names no file</source>
      <translation>没有指定文件</translation>
    </message>
    <message>
      <source>No provider uses it yet: choose it there, under compatibility fixes.</source>
      <translation>还没有提供商使用它：请在提供商的兼容修复中选择它。</translation>
    </message>
    <message>
      <source>None yet.</source>
      <translation>还没有。</translation>
    </message>
    <message>
      <source>Not loaded yet</source>
      <translation>尚未加载</translation>
    </message>
    <message>
      <source>Python files, or JavaScript ones of claude-code-router, that change requests and answers. They run with your rights: they can read your files and keys. A file that changes is loaded again at once.</source>
      <translation>更改请求和回答的 Python 文件，或 claude-code-router 的 JavaScript 文件。它们以你的权限运行：可以读取你的文件和密钥。文件更改后立即重新加载。</translation>
    </message>
    <message>
      <source>Requests that need it fail until it can be loaded.</source>
      <translation>在能加载它之前，需要它的请求会失败。</translation>
    </message>
    <message>
      <source>The router loads it at once, unless the settings have errors.</source>
      <translation>路由器会立即加载它，除非设置有错误。</translation>
    </message>
    <message>
      <source>This entry of the settings has no path.</source>
      <translation>设置中的这一项没有路径。</translation>
    </message>
    <message>
      <source>Used by {names}.</source>
      <translation>由 {names} 使用。</translation>
    </message>
    <message>
      <source>Write one…</source>
      <translation>写一个…</translation>
    </message>
    <message>
      <source>changes address and headers</source>
      <translation>更改地址和标头</translation>
    </message>
    <message>
      <source>changes answers</source>
      <translation>更改回答</translation>
    </message>
    <message>
      <source>changes nothing here</source>
      <translation>在此不更改任何内容</translation>
    </message>
    <message>
      <source>changes requests</source>
      <translation>更改请求</translation>
    </message>
    <message>
      <source>changes what the provider gets</source>
      <translation>更改提供商收到的内容</translation>
    </message>
    <message>
      <source>failed: {problem}</source>
      <translation>失败：{problem}</translation>
    </message>
    <message>
      <source>{does}.</source>
      <translation>{does}。</translation>
    </message>
  </context>
  <context>
    <name>PluginsPresenter</name>
    <message>
      <source>A plugin is a program. It sees what you send and what comes back, and can read your files and your keys. Add only files that you wrote, or whose author you trust.</source>
      <translation>插件是程序。它能看到你发送和收到的内容，并能读取你的文件和密钥。只添加你自己写的文件，或你信任其作者的文件。</translation>
    </message>
    <message>
      <source>Add a plugin</source>
      <translation>添加插件</translation>
    </message>
    <message>
      <source>Added {name}</source>
      <translation>已添加 {name}</translation>
    </message>
    <message>
      <source>Adding a plugin</source>
      <translation>添加插件</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>选择文件…</translation>
    </message>
    <message>
      <source>Choose your own router</source>
      <translation>选择自己的路由器</translation>
    </message>
    <message>
      <source>Choosing a router</source>
      <translation>选择路由器</translation>
    </message>
    <message>
      <source>Looking at the plugins</source>
      <translation>查看插件</translation>
    </message>
    <message>
      <source>No own router</source>
      <translation>没有自定义路由器</translation>
    </message>
    <message>
      <source>Options of {name}</source>
      <translation>{name} 的选项</translation>
    </message>
    <message>
      <source>Own router: {name}</source>
      <translation>自定义路由器：{name}</translation>
    </message>
    <message>
      <source>Plugins run with your rights</source>
      <translation>插件以你的权限运行</translation>
    </message>
    <message>
      <source>Python and JavaScript (*.py *.js *.mjs *.cjs)</source>
      <translation>Python 和 JavaScript (*.py *.js *.mjs *.cjs)</translation>
    </message>
    <message>
      <source>Removed {name}</source>
      <translation>已移除 {name}</translation>
    </message>
    <message>
      <source>Testing</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Watching the plugins</source>
      <translation>监视插件</translation>
    </message>
    <message>
      <source>Write a plugin</source>
      <translation>编写插件</translation>
    </message>
    <message>
      <source>Write one…</source>
      <translation>写一个…</translation>
    </message>
    <message>
      <source>Writing a plugin</source>
      <translation>编写插件</translation>
    </message>
  </context>
  <context>
    <name>PoolSection</name>
    <message>
      <source>Add key</source>
      <translation>添加密钥</translation>
    </message>
    <message>
      <source>Extra keys</source>
      <translation>更多密钥</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Key {n}, in the settings file</source>
      <translation>密钥 {n}，在设置文件中</translation>
    </message>
    <message>
      <source>Per minute</source>
      <translation>每分钟</translation>
    </message>
    <message>
      <source>Per minute of key {n}: enter a whole number above 0, or leave it empty.</source>
      <translation>密钥 {n} 的每分钟次数：请输入大于 0 的整数，或留空。</translation>
    </message>
    <message>
      <source>Requests are shared out among these keys and the one above, by their shares. One that was refused, or has used up its requests of this minute, rests.</source>
      <translation>请求按份额分配给这些密钥和上面的密钥。被拒绝的，或本分钟次数用完的，会暂停使用。</translation>
    </message>
    <message>
      <source>Share</source>
      <translation>份额</translation>
    </message>
    <message>
      <source>Share of key {n}: enter a number above 0.</source>
      <translation>密钥 {n} 的份额：请输入大于 0 的数。</translation>
    </message>
    <message>
      <source>no limit</source>
      <translation>没有限制</translation>
    </message>
  </context>
  <context>
    <name>PortChange</name>
    <message>
      <source>Claude Code is led there by itself.</source>
      <translation>Claude Code 会自动使用新端口。</translation>
    </message>
    <message>
      <source>Looking at the port</source>
      <translation>查看端口</translation>
    </message>
    <message>
      <source>Looking for a free port</source>
      <translation>查找空闲端口</translation>
    </message>
    <message>
      <source>Port {port} is used by {holder}.</source>
      <translation>端口 {port} 被 {holder} 占用。</translation>
    </message>
    <message>
      <source>This start was told another port, which beats the settings file.</source>
      <translation>这次启动时指定了其他端口，它优先于设置文件。</translation>
    </message>
    <message>
      <source>Use {port}</source>
      <translation>使用 {port}</translation>
    </message>
    <message>
      <source>another program</source>
      <translation>其他程序</translation>
    </message>
  </context>
  <context>
    <name>PortChoice</name>
    <message>
      <source>Another port counts than that of the settings</source>
      <translation>生效的端口与设置中的不同</translation>
    </message>
    <message>
      <source>Port {port}</source>
      <translation>端口 {port}</translation>
    </message>
    <message>
      <source>This start was told a port by --port or SERVICE_PORT. Start without it.</source>
      <translation>这次启动由 --port 或 SERVICE_PORT 指定了端口。请去掉它再启动。</translation>
    </message>
  </context>
  <context>
    <name>PresetDialog</name>
    <message>
      <source>An answer is needed.</source>
      <translation>请填写回答。</translation>
    </message>
    <message>
      <source>Apply</source>
      <translation>应用</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Its routes go into</source>
      <translation>其路由放入</translation>
    </message>
    <message>
      <source>Keys go to {place}, not into the settings file.</source>
      <translation>密钥存入{place}，而不是设置文件。</translation>
    </message>
    <message>
      <source>Nothing changes.</source>
      <translation>没有更改。</translation>
    </message>
    <message>
      <source>Preset {name}</source>
      <translation>预设 {name}</translation>
    </message>
    <message>
      <source>There is no place for its keys yet.</source>
      <translation>它的密钥还没有可存放的地方。</translation>
    </message>
    <message>
      <source>This is what changes in your settings. It can be undone.</source>
      <translation>你的设置中会有这些更改。可以撤销。</translation>
    </message>
    <message>
      <source>What changes</source>
      <translation>将更改的内容</translation>
    </message>
    <message>
      <source>{title} (optional)</source>
      <translation>{title}（可选）</translation>
    </message>
    <message>
      <source>{title} (required)</source>
      <translation>{title}（必填）</translation>
    </message>
  </context>
  <context>
    <name>PresetsPresenter</name>
    <message>
      <source>A preset</source>
      <translation>一个预设</translation>
    </message>
    <message>
      <source>A preset of your settings</source>
      <translation>由你的设置制作的预设</translation>
    </message>
    <message>
      <source>It brings a secret, which stays readable in the settings file.</source>
      <translation>它带来一个机密，会在设置文件中保持可读。</translation>
    </message>
    <message>
      <source>Its files are deleted. Your settings stay as they are.</source>
      <translation>其文件会被删除。你的设置保持不变。</translation>
    </message>
    <message>
      <source>Left out, since a preset may not set it: {name}</source>
      <translation>已忽略，因为预设不可以设置它：{name}</translation>
    </message>
    <message>
      <source>Only the route set in force chooses the models.</source>
      <translation>只有当前生效的路由组才会选择模型。</translation>
    </message>
    <message>
      <source>Presets</source>
      <translation>预设</translation>
    </message>
    <message>
      <source>Presets ({names})</source>
      <translation>预设 ({names})</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Remove the preset {name}?</source>
      <translation>移除预设 {name}？</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replace the preset {name}?</source>
      <translation>替换预设 {name}？</translation>
    </message>
    <message>
      <source>Standard, which is put in force</source>
      <translation>标准，并使其生效</translation>
    </message>
    <message>
      <source>Standard, without effect while {name} is in force</source>
      <translation>标准，在 {name} 生效期间不起作用</translation>
    </message>
    <message>
      <source>The folder of a preset</source>
      <translation>预设的文件夹</translation>
    </message>
    <message>
      <source>There is one of this name. Your settings stay as they are.</source>
      <translation>已有同名的预设。你的设置保持不变。</translation>
    </message>
    <message>
      <source>These files are in it as they are. Make sure that they hold no key:</source>
      <translation>其中原样包含以下文件。请确认它们不含密钥：</translation>
    </message>
    <message>
      <source>Used the preset {name}</source>
      <translation>已使用预设 {name}</translation>
    </message>
    <message>
      <source>Whoever uses it is asked for: {names}</source>
      <translation>使用者会被要求填写：{names}</translation>
    </message>
    <message>
      <source>Written to {path}. It has providers, routes, compatibility fixes and the status line, and no key.</source>
      <translation>已写入 {path}。其中有提供商、路由、兼容修复和状态栏，没有密钥。</translation>
    </message>
    <message>
      <source>{name}, the route set in force</source>
      <translation>{name}（当前生效的路由组）</translation>
    </message>
    <message>
      <source>“{name}” can't be the name of a preset. Choose another file name.</source>
      <translation>“{name}”不能用作预设的名称。请换一个文件名。</translation>
    </message>
  </context>
  <context>
    <name>Prober</name>
    <message>
      <source>Testing the connection</source>
      <translation>测试连接</translation>
    </message>
  </context>
  <context>
    <name>ProjectsCard</name>
    <message>
      <source>Add folder…</source>
      <translation>添加文件夹…</translation>
    </message>
    <message>
      <source>Arguments and route set…</source>
      <translation>参数和路由组…</translation>
    </message>
    <message>
      <source>Choose folder…</source>
      <translation>选择文件夹…</translation>
    </message>
    <message>
      <source>Continue last</source>
      <translation>继续上次</translation>
    </message>
    <message>
      <source>Drop a folder here, or choose one.</source>
      <translation>把文件夹拖到这里，或选择一个。</translation>
    </message>
    <message>
      <source>Forget</source>
      <translation>忘记</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>项目</translation>
    </message>
    <message>
      <source>Resume…</source>
      <translation>恢复会话…</translation>
    </message>
    <message>
      <source>Start new</source>
      <translation>开始新会话</translation>
    </message>
  </context>
  <context>
    <name>Provider</name>
    <message>
      <source>Continue</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Continue with a key</source>
      <translation>使用密钥继续</translation>
    </message>
  </context>
  <context>
    <name>ProviderForm</name>
    <message>
      <source>Back to the list</source>
      <translation>返回列表</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Connection</source>
      <translation>连接</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>正在保存…</translation>
    </message>
  </context>
  <context>
    <name>ProviderTitle</name>
    <message>
      <source>{name}, in Anthropic's own protocol</source>
      <translation>{name}（Anthropic 自己的协议）</translation>
    </message>
    <message>
      <source>{name}, in its Responses API</source>
      <translation>{name}（Responses API）</translation>
    </message>
  </context>
  <context>
    <name>ProviderView</name>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Of any server that speaks OpenAI's or Anthropic's language.</source>
      <translation>任何使用 OpenAI 或 Anthropic 协议的服务器的地址。</translation>
    </message>
    <message>
      <source>Providers</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Search providers</source>
      <translation>搜索提供商</translation>
    </message>
    <message>
      <source>Who shall answer? You can add others later.</source>
      <translation>由谁来回答？以后可以添加其他的。</translation>
    </message>
  </context>
  <context>
    <name>Providers</name>
    <message>
      <source>1 model, not used</source>
      <translation>1 个模型，未使用</translation>
    </message>
    <message>
      <source>A name holds no comma and no slash.</source>
      <translation>名称中不能有逗号和斜杠。</translation>
    </message>
    <message>
      <source>A name holds no variable, such as $NAME, and no reference to a key.</source>
      <translation>名称不能包含变量（例如 $NAME），也不能是对密钥的引用。</translation>
    </message>
    <message>
      <source>Add a condition, or move it behind the other rules.</source>
      <translation>请添加条件，或把它移到其他规则之后。</translation>
    </message>
    <message>
      <source>Add a condition, unless that is meant.</source>
      <translation>如果不是有意如此，请添加条件。</translation>
    </message>
    <message>
      <source>Add it to the models, or correct the name.</source>
      <translation>请把它加入模型列表，或更正名称。</translation>
    </message>
    <message>
      <source>Add what is to be done.</source>
      <translation>请添加操作。</translation>
    </message>
    <message>
      <source>Added {name}</source>
      <translation>已添加 {name}</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Changed {name}</source>
      <translation>已更改 {name}</translation>
    </message>
    <message>
      <source>Choose a provider and one of its models.</source>
      <translation>请选择一个提供商及其模型。</translation>
    </message>
    <message>
      <source>Choose it among the compatibility fixes of the provider.</source>
      <translation>请在该提供商的兼容性修正中选择它。</translation>
    </message>
    <message>
      <source>Demo</source>
      <translation>演示</translation>
    </message>
    <message>
      <source>Enter a name and its value.</source>
      <translation>请输入名称和值。</translation>
    </message>
    <message>
      <source>Enter a span such as 22:00-06:00.</source>
      <translation>请输入时间段，例如 22:00-06:00。</translation>
    </message>
    <message>
      <source>Enter it here.</source>
      <translation>请在此处输入。</translation>
    </message>
    <message>
      <source>Enter it, or switch on “The server wants no key”.</source>
      <translation>请输入密钥，或打开“服务器不需要密钥”。</translation>
    </message>
    <message>
      <source>Enter the key of your account.</source>
      <translation>请输入你账户的密钥。</translation>
    </message>
    <message>
      <source>Enter the key. A server that wants none is said to be so under Advanced.</source>
      <translation>请输入密钥。若服务器不需要密钥，请在“高级”中注明。</translation>
    </message>
    <message>
      <source>Give the address of the provider.</source>
      <translation>请填写提供商的地址。</translation>
    </message>
    <message>
      <source>Give the provider a name.</source>
      <translation>请给提供商起个名称。</translation>
    </message>
    <message>
      <source>It has signs that can't be seen: type it anew.</source>
      <translation>其中有看不见的字符：请重新输入。</translation>
    </message>
    <message>
      <source>It has the main model of routes. Another takes its place there:</source>
      <translation>它提供了一些路由的主模型。那里将改用另一个模型：</translation>
    </message>
    <message>
      <source>It is asked for all the same; add it to the provider's models when it is right.</source>
      <translation>仍会请求该模型；如果名称正确，请把它加入该提供商的模型列表。</translation>
    </message>
    <message>
      <source>Needs attention</source>
      <translation>需要注意</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>关</translation>
    </message>
    <message>
      <source>One of a plugin needs that plugin: see Plugins in Settings.</source>
      <translation>插件提供的名称需要该插件：见“设置”中的“插件”。</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Remove from rules, too</source>
      <translation>同时从规则中移除</translation>
    </message>
    <message>
      <source>Remove {name}?</source>
      <translation>移除 {name}？</translation>
    </message>
    <message>
      <source>Removed {name}</source>
      <translation>已移除 {name}</translation>
    </message>
    <message>
      <source>Rules name {name}</source>
      <translation>有规则提到 {name}</translation>
    </message>
    <message>
      <source>Set it where the app starts, then start the app again; or enter the value here.</source>
      <translation>请在启动应用的环境中设置它，然后重新启动应用；或者在此处输入值。</translation>
    </message>
    <message>
      <source>Show the rules</source>
      <translation>显示规则</translation>
    </message>
    <message>
      <source>The options of a fix can't be read.</source>
      <translation>无法读取兼容修复的选项。</translation>
    </message>
    <message>
      <source>The provider has no such model.</source>
      <translation>该提供商没有这个模型。</translation>
    </message>
    <message>
      <source>The settings file has “{name}” here, which is no setting.</source>
      <translation>设置文件此处有“{name}”，但没有这样的设置。</translation>
    </message>
    <message>
      <source>There is a provider of this name already.</source>
      <translation>已经有同名的提供商。</translation>
    </message>
    <message>
      <source>These rules allow nobody else. Without {name} they would forbid nothing, so change or remove them first:</source>
      <translation>这些规则只允许它。没有 {name}，它们就不再禁止任何东西，因此请先修改或移除它们：</translation>
    </message>
    <message>
      <source>These rules name it. Its name can be taken out of them in the same change, which can be undone:</source>
      <translation>这些规则提到它。可以在同一次更改中把它的名称从中去掉，并且可以撤销：</translation>
    </message>
    <message>
      <source>This is empty.</source>
      <translation>此项为空。</translation>
    </message>
    <message>
      <source>Tick at least one model, or type its name.</source>
      <translation>请至少勾选一个模型，或输入其名称。</translation>
    </message>
    <message>
      <source>environment variable {name}</source>
      <translation>环境变量 {name}</translation>
    </message>
    <message>
      <source>key: {place}</source>
      <translation>密钥：{place}</translation>
    </message>
    <message>
      <source>needs no key</source>
      <translation>不需要密钥</translation>
    </message>
    <message>
      <source>no key</source>
      <translation>没有密钥</translation>
    </message>
    <message>
      <source>no models chosen</source>
      <translation>未选择模型</translation>
    </message>
    <message>
      <source>the settings file, readable</source>
      <translation>设置文件，可直接读取</translation>
    </message>
    <message>
      <source>{0} has no model {1}.</source>
      <translation>{0} 没有模型 {1}。</translation>
    </message>
    <message>
      <source>{models} and {n} more</source>
      <translation>{models} 等，另有 {n} 个</translation>
    </message>
    <message>
      <source>{n} keys</source>
      <translation>{n} 个密钥</translation>
    </message>
    <message>
      <source>{n} models, none in use</source>
      <translation>{n} 个模型，均未使用</translation>
    </message>
    <message>
      <source>{set}: {model} from {provider}</source>
      <translation>{set}：{provider} 的 {model}</translation>
    </message>
    <message>
      <source>“Use a model” says which model answers.</source>
      <translation>由“使用模型”决定哪个模型回答。</translation>
    </message>
    <message>
      <source>… and {count} more</source>
      <translation>……还有 {count} 条</translation>
    </message>
  </context>
  <context>
    <name>ProvidersCard</name>
    <message>
      <source>Providers</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>and {n} more</source>
      <translation>还有 {n} 个</translation>
    </message>
  </context>
  <context>
    <name>ProvidersField</name>
    <message>
      <source>{name} (missing)</source>
      <translation>{name}（缺失）</translation>
    </message>
  </context>
  <context>
    <name>ProvidersList</name>
    <message>
      <source>Add provider</source>
      <translation>添加提供商</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>复制一份</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>No providers yet. A provider is the service or program that answers.</source>
      <translation>还没有提供商。提供商是负责应答的服务或程序。</translation>
    </message>
    <message>
      <source>Providers</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Switch off</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Switch on</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>The demo answers until there is a provider.</source>
      <translation>在添加提供商之前由演示提供商回答。</translation>
    </message>
  </context>
  <context>
    <name>ProvidersPresenter</name>
    <message>
      <source>Changed the order of the providers</source>
      <translation>已更改提供商的顺序</translation>
    </message>
    <message>
      <source>Closing</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Duplicated {name}</source>
      <translation>已复制 {name}</translation>
    </message>
    <message>
      <source>Looking at the store of keys</source>
      <translation>查看密钥库</translation>
    </message>
    <message>
      <source>Looking for local servers</source>
      <translation>查找本地服务器</translation>
    </message>
    <message>
      <source>No server of models answers on this computer.</source>
      <translation>这台电脑上没有发现模型服务器。</translation>
    </message>
    <message>
      <source>Removing {name}</source>
      <translation>正在移除 {name}</translation>
    </message>
    <message>
      <source>Switched off {name}</source>
      <translation>已关闭 {name}</translation>
    </message>
    <message>
      <source>Switched on {name}</source>
      <translation>已打开 {name}</translation>
    </message>
    <message>
      <source>the key store</source>
      <translation>密钥库</translation>
    </message>
  </context>
  <context>
    <name>ProxyChange</name>
    <message>
      <source>Give the address of the proxy.</source>
      <translation>请填写代理的地址。</translation>
    </message>
    <message>
      <source>Keeping the password of the proxy</source>
      <translation>保存代理的密码</translation>
    </message>
    <message>
      <source>Network proxy: as the system</source>
      <translation>网络代理：与系统相同</translation>
    </message>
    <message>
      <source>Network proxy: {address}</source>
      <translation>网络代理：{address}</translation>
    </message>
    <message>
      <source>No network proxy</source>
      <translation>没有网络代理</translation>
    </message>
    <message>
      <source>Now {address}.</source>
      <translation>现在是 {address}。</translation>
    </message>
    <message>
      <source>Providers are asked through the proxy below.</source>
      <translation>通过下面的代理连接提供商。</translation>
    </message>
    <message>
      <source>Providers are asked without one.</source>
      <translation>不经代理连接提供商。</translation>
    </message>
    <message>
      <source>The password can't be kept. {problem}.</source>
      <translation>无法保存密码。{problem}。</translation>
    </message>
    <message>
      <source>The system names none now, so that providers are asked without one.</source>
      <translation>系统目前没有代理，因此不经代理连接提供商。</translation>
    </message>
    <message>
      <source>the key store, with the address</source>
      <translation>密钥库，连同地址</translation>
    </message>
    <message>
      <source>the settings file</source>
      <translation>设置文件</translation>
    </message>
  </context>
  <context>
    <name>ProxyFields</name>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Own</source>
      <translation>自定义</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>Use this proxy</source>
      <translation>使用此代理</translation>
    </message>
    <message>
      <source>User name, if it wants one</source>
      <translation>用户名（如果需要）</translation>
    </message>
    <message>
      <source>http://, https://, socks5://, socks5h://, socks4:// or socks4a://</source>
      <translation>http://、https://、socks5://、socks5h://、socks4:// 或 socks4a://</translation>
    </message>
  </context>
  <context>
    <name>Punctuation</name>
    <message>
      <source>.</source>
      <translation>。</translation>
    </message>
    <message>
      <source>;</source>
      <translation>；</translation>
    </message>
    <message>
      <source>{clause}; {next}</source>
      <translation>{clause}；{next}</translation>
    </message>
    <message>
      <source>{name}, {next}</source>
      <translation>{name}、{next}</translation>
    </message>
    <message>
      <source>{phrase}, {further}</source>
      <translation>{phrase}，{further}</translation>
    </message>
    <message>
      <source>{title}: {words}</source>
      <translation>{title}：{words}</translation>
    </message>
    <message>
      <source>{words} ({aside})</source>
      <translation>{words}（{aside}）</translation>
    </message>
  </context>
  <context>
    <name>QuietHoursRow</name>
    <message>
      <source>Quiet from</source>
      <translation>安静时段开始</translation>
    </message>
    <message>
      <source>Quiet until</source>
      <translation>安静时段结束</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <source>to</source>
      <translation>至</translation>
    </message>
  </context>
  <context>
    <name>Reach</name>
    <message>
      <source>Changing who reaches the router</source>
      <translation>更改谁可以访问路由器</translation>
    </message>
    <message>
      <source>Every device in your network that has the client key can then use your providers, at your cost. What it sends is not encrypted on its way. Do this only in a network that you trust.</source>
      <translation>你网络中持有客户端密钥的每台设备都可以使用你的提供商，费用由你承担。它发送的内容在途中没有加密。请只在你信任的网络中这样做。</translation>
    </message>
    <message>
      <source>Keep it closed</source>
      <translation>保持关闭</translation>
    </message>
    <message>
      <source>Let other devices use the router?</source>
      <translation>允许其他设备使用路由器？</translation>
    </message>
    <message>
      <source>Let them</source>
      <translation>允许</translation>
    </message>
    <message>
      <source>Look at the keys</source>
      <translation>查看密钥</translation>
    </message>
    <message>
      <source>Only programs on this computer are heard.</source>
      <translation>只接受这台电脑上的程序的请求。</translation>
    </message>
    <message>
      <source>Only this computer reaches the router</source>
      <translation>只有这台电脑可以访问路由器</translation>
    </message>
    <message>
      <source>Other devices reach the router</source>
      <translation>其他设备可以访问路由器</translation>
    </message>
    <message>
      <source>The client key can't be kept. {problem}.</source>
      <translation>无法保存客户端密钥。{problem}。</translation>
    </message>
    <message>
      <source>They use http://{name}:{port} and the client key.</source>
      <translation>它们使用 http://{name}:{port} 和客户端密钥。</translation>
    </message>
  </context>
  <context>
    <name>Reader</name>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Guide</source>
      <translation>指南</translation>
    </message>
  </context>
  <context>
    <name>ReadingCard</name>
    <message>
      <source>Commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Guide to the app</source>
      <translation>应用指南</translation>
    </message>
    <message>
      <source>Overview</source>
      <translation>概览</translation>
    </message>
    <message>
      <source>They come with the app: no network is needed.</source>
      <translation>它们随应用一起提供：不需要网络。</translation>
    </message>
    <message>
      <source>To read</source>
      <translation>阅读</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>新内容</translation>
    </message>
    <message>
      <source>When something is wrong</source>
      <translation>出了问题</translation>
    </message>
  </context>
  <context>
    <name>RecentCard</name>
    <message>
      <source>All projects</source>
      <translation>所有项目</translation>
    </message>
    <message>
      <source>Continue the last session</source>
      <translation>继续上次会话</translation>
    </message>
    <message>
      <source>Launch Claude Code here</source>
      <translation>在此启动 Claude Code</translation>
    </message>
    <message>
      <source>Recent projects</source>
      <translation>最近的项目</translation>
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
      <translation>复制</translation>
    </message>
    <message>
      <source>Report about a request</source>
      <translation>关于一个请求的报告</translation>
    </message>
    <message>
      <source>Secrets removed. It has no text of the conversation and no folder.</source>
      <translation>已移除密钥等机密信息。其中没有对话文字，也没有文件夹。</translation>
    </message>
    <message>
      <source>The report</source>
      <translation>报告</translation>
    </message>
  </context>
  <context>
    <name>RequestDetails</name>
    <message>
      <source>Asked for</source>
      <translation>请求的模型</translation>
    </message>
    <message>
      <source>Began</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>Close the details</source>
      <translation>关闭详情</translation>
    </message>
    <message>
      <source>Copy report…</source>
      <translation>复制报告…</translation>
    </message>
    <message>
      <source>Details of the request</source>
      <translation>请求详情</translation>
    </message>
    <message>
      <source>First word</source>
      <translation>首字</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Kind of work</source>
      <translation>工作类型</translation>
    </message>
    <message>
      <source>Make a rule from this request…</source>
      <translation>由此请求创建规则…</translation>
    </message>
    <message>
      <source>No model</source>
      <translation>没有模型</translation>
    </message>
    <message>
      <source>Provider</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Rules that did not apply: {n}</source>
      <translation>未适用的规则：{n}</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>令牌</translation>
    </message>
    <message>
      <source>Took</source>
      <translation>用时</translation>
    </message>
    <message>
      <source>Try it</source>
      <translation>试一试</translation>
    </message>
    <message>
      <source>Used</source>
      <translation>使用的模型</translation>
    </message>
    <message>
      <source>Who was asked</source>
      <translation>请求了谁</translation>
    </message>
    <message>
      <source>Why this model</source>
      <translation>为什么是这个模型</translation>
    </message>
    <message>
      <source>{into} in, {out} out, {cached} cached</source>
      <translation>输入 {into}，输出 {out}，缓存 {cached}</translation>
    </message>
  </context>
  <context>
    <name>RequestTable</name>
    <message>
      <source>Requests</source>
      <translation>请求</translation>
    </message>
  </context>
  <context>
    <name>Restarts</name>
    <message>
      <source>Restart it now</source>
      <translation>立即重启</translation>
    </message>
    <message>
      <source>Takes effect when CCR Desktop is started again.</source>
      <translation>CCR Desktop 下次启动时生效。</translation>
    </message>
  </context>
  <context>
    <name>RouterCard</name>
    <message>
      <source>A file with a function route(request, config) that is asked first, before all rules. Where it fails or says nothing, the rules decide.</source>
      <translation>含有函数 route(request, config) 的文件，先于所有规则运行。它出错或不作决定时，由规则决定。</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>选择文件…</translation>
    </message>
    <message>
      <source>Choose another file…</source>
      <translation>选择其他文件…</translation>
    </message>
    <message>
      <source>Loaded, but failed when it was asked last</source>
      <translation>已加载，但上次运行时出错</translation>
    </message>
    <message>
      <source>Open in editor</source>
      <translation>在编辑器中打开</translation>
    </message>
    <message>
      <source>Traceback of the router</source>
      <translation>路由器的回溯信息</translation>
    </message>
    <message>
      <source>Try it</source>
      <translation>试一试</translation>
    </message>
    <message>
      <source>Until it works, the rules decide.</source>
      <translation>在它能正常工作之前，由规则决定。</translation>
    </message>
    <message>
      <source>Use no router of your own</source>
      <translation>不使用自定义路由器</translation>
    </message>
    <message>
      <source>Your own router</source>
      <translation>你的自定义路由器</translation>
    </message>
  </context>
  <context>
    <name>Routes</name>
    <message>
      <source>${input} in, ${output} out</source>
      <translation>输入 ${input}，输出 ${output}</translation>
    </message>
    <message>
      <source>, then </source>
      <translation>，然后 </translation>
    </message>
    <message>
      <source>A larger model in the row “{row}” would take it as it is.</source>
      <translation>在“{row}”一行选择更大的模型即可原样处理。</translation>
    </message>
    <message>
      <source>A model named in the prompt</source>
      <translation>提示词中指定的模型</translation>
    </message>
    <message>
      <source>A model of yours by name</source>
      <translation>指名使用你的某个模型</translation>
    </message>
    <message>
      <source>Add to its list</source>
      <translation>添加到其列表</translation>
    </message>
    <message>
      <source>Agents that Claude Code starts for parts of the work.</source>
      <translation>Claude Code 为部分工作启动的智能体。</translation>
    </message>
    <message>
      <source>Answers whatever no other row takes.</source>
      <translation>处理其他各行都不处理的请求。</translation>
    </message>
    <message>
      <source>Any model, helper agents</source>
      <translation>任何模型，子智能体</translation>
    </message>
    <message>
      <source>Any model, long conversation</source>
      <translation>任何模型，长对话</translation>
    </message>
    <message>
      <source>Any model, pictures</source>
      <translation>任何模型，图片</translation>
    </message>
    <message>
      <source>Any model, web search</source>
      <translation>任何模型，网页搜索</translation>
    </message>
    <message>
      <source>Any other model</source>
      <translation>任何其他模型</translation>
    </message>
    <message>
      <source>As everywhere</source>
      <translation>与其他地方相同</translation>
    </message>
    <message>
      <source>Background jobs</source>
      <translation>后台任务</translation>
    </message>
    <message>
      <source>Backup behaviour</source>
      <translation>备用方式</translation>
    </message>
    <message>
      <source>Backup models for all work, behind those of its own row.</source>
      <translation>所有工作的备用模型，排在各行自己的备用模型之后。</translation>
    </message>
    <message>
      <source>Backup models: {models}</source>
      <translation>备用模型：{models}</translation>
    </message>
    <message>
      <source>Choose a model</source>
      <translation>选择模型</translation>
    </message>
    <message>
      <source>Claude Code would shorten the conversation and ask again.</source>
      <translation>Claude Code 会压缩对话后重试。</translation>
    </message>
    <message>
      <source>Decided by: {rule}</source>
      <translation>决定者：{rule}</translation>
    </message>
    <message>
      <source>Empty answer</source>
      <translation>空的回答</translation>
    </message>
    <message>
      <source>Haiku</source>
      <translation>Haiku</translation>
    </message>
    <message>
      <source>Helper agent by name</source>
      <translation>按名称指定的子智能体</translation>
    </message>
    <message>
      <source>Helper agents</source>
      <translation>子智能体</translation>
    </message>
    <message>
      <source>In no list: ask for it all the same</source>
      <translation>不在任何列表中：仍然请求它</translation>
    </message>
    <message>
      <source>In place of those for all work.</source>
      <translation>代替所有工作的最后备用模型。</translation>
    </message>
    <message>
      <source>It answers without a word.</source>
      <translation>它的回答没有内容。</translation>
    </message>
    <message>
      <source>It asks for none of them.</source>
      <translation>它没有指定其中任何一个。</translation>
    </message>
    <message>
      <source>It can't be known which model would answer.</source>
      <translation>无法知道哪个模型会回答。</translation>
    </message>
    <message>
      <source>It is inside of {folder}: here its own routes count.</source>
      <translation>它在 {folder} 之内：这里以它自己的路由为准。</translation>
    </message>
    <message>
      <source>It is overloaded or fails (500 and above), or what comes is no answer.</source>
      <translation>它过载或出错（500 及以上），或返回的不是有效的回答。</translation>
    </message>
    <message>
      <source>It is too long for the model ({sizes}), and no other may take it.</source>
      <translation>它超出了模型的上下文窗口（{sizes}），而没有其他模型可以接手。</translation>
    </message>
    <message>
      <source>It would be refused.</source>
      <translation>它会被拒绝。</translation>
    </message>
    <message>
      <source>Keep only this one</source>
      <translation>只保留这一个</translation>
    </message>
    <message>
      <source>Kinds of work</source>
      <translation>工作类型</translation>
    </message>
    <message>
      <source>Last of all</source>
      <translation>最后的备用模型</translation>
    </message>
    <message>
      <source>Last: {kind}</source>
      <translation>最后的备用模型：{kind}</translation>
    </message>
    <message>
      <source>Left alone after failures</source>
      <translation>失败后暂停</translation>
    </message>
    <message>
      <source>Long conversations</source>
      <translation>长对话</translation>
    </message>
    <message>
      <source>Main work</source>
      <translation>主要工作</translation>
    </message>
    <message>
      <source>Main work here: {model} from {provider}.</source>
      <translation>这里的主要工作：{provider} 的 {model}。</translation>
    </message>
    <message>
      <source>Models that hold more: {models}, and another one.</source>
      <translation>容量更大的模型：{models}，还有另外一个。</translation>
    </message>
    <message>
      <source>Models that hold more: {models}, and {count} others.</source>
      <translation>上下文窗口更大的模型：{models}，另有 {count} 个。</translation>
    </message>
    <message>
      <source>Models that hold more: {models}.</source>
      <translation>上下文窗口更大的模型：{models}。</translation>
    </message>
    <message>
      <source>Name of the Claude model</source>
      <translation>Claude 模型的名称</translation>
    </message>
    <message>
      <source>Needs a model that can search.</source>
      <translation>需要能搜索的模型。</translation>
    </message>
    <message>
      <source>Needs a model that sees pictures.</source>
      <translation>需要能看图的模型。</translation>
    </message>
    <message>
      <source>Never sent to {providers} either, because of {folder}.</source>
      <translation>由于 {folder}，也绝不发给 {providers}。</translation>
    </message>
    <message>
      <source>No answer within the provider's time-outs, or it says so (408, 504).</source>
      <translation>在提供商的时限内没有响应，或它返回超时（408、504）。</translation>
    </message>
    <message>
      <source>No backup model.</source>
      <translation>没有备用模型。</translation>
    </message>
    <message>
      <source>No connection</source>
      <translation>没有连接</translation>
    </message>
    <message>
      <source>No money or no key</source>
      <translation>没有余额或没有密钥</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>None of your models is known to hold more.</source>
      <translation>你的模型中没有已知上下文窗口更大的。</translation>
    </message>
    <message>
      <source>Not chosen: {model} answers</source>
      <translation>未选择：由 {model} 处理</translation>
    </message>
    <message>
      <source>Nothing answers here: {models} may not get what is in this folder.</source>
      <translation>这里没有可用的模型：{models} 不可以得到此文件夹中的内容。</translation>
    </message>
    <message>
      <source>Nothing is chosen for it.</source>
      <translation>没有为它选择模型。</translation>
    </message>
    <message>
      <source>One rule of your own comes before this table.</source>
      <translation>你有一条自定义规则先于此表。</translation>
    </message>
    <message>
      <source>Opus or Sonnet, thinking hard</source>
      <translation>Opus 或 Sonnet，深入思考</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Pictures for other models</source>
      <translation>为其他模型看图</translation>
    </message>
    <message>
      <source>Plan mode, “ultrathink”, and high effort.</source>
      <translation>计划模式、“ultrathink”和高推理强度。</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>项目</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Route sets</source>
      <translation>路由组</translation>
    </message>
    <message>
      <source>Routing is paused</source>
      <translation>路由已暂停</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>规则</translation>
    </message>
    <message>
      <source>Same as in {set} ({model})</source>
      <translation>与 {set} 中相同（{model}）</translation>
    </message>
    <message>
      <source>Same as {kind} ({model})</source>
      <translation>与“{kind}”相同（{model}）</translation>
    </message>
    <message>
      <source>Settings of the folder</source>
      <translation>文件夹的设置</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Size: not counted, since nothing depends on it.</source>
      <translation>大小：未计算，因为没有规则依赖它。</translation>
    </message>
    <message>
      <source>Size: {tokens} tokens</source>
      <translation>大小：{tokens} 令牌</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>标准</translation>
    </message>
    <message>
      <source>Switch on</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>The account is empty (402), or no key is there for it.</source>
      <translation>账户余额为空（402），或没有它的密钥。</translation>
    </message>
    <message>
      <source>The provider asks to wait (429).</source>
      <translation>提供商要求等待（429）。</translation>
    </message>
    <message>
      <source>The provider can't be reached, or the connection breaks.</source>
      <translation>无法连接提供商，或连接中断。</translation>
    </message>
    <message>
      <source>The routes of {folder} count here, too.</source>
      <translation>{folder} 的路由在这里也有效。</translation>
    </message>
    <message>
      <source>The same folder is also written as {other}. {counting} counts.</source>
      <translation>同一文件夹也写作 {other}。以 {counting} 为准。</translation>
    </message>
    <message>
      <source>There is none.</source>
      <translation>没有。</translation>
    </message>
    <message>
      <source>Thinking and planning</source>
      <translation>思考和计划</translation>
    </message>
    <message>
      <source>Titles, summaries and other housekeeping.</source>
      <translation>标题、摘要和其他辅助任务。</translation>
    </message>
    <message>
      <source>Too many requests</source>
      <translation>请求过多</translation>
    </message>
    <message>
      <source>Too slow</source>
      <translation>太慢</translation>
    </message>
    <message>
      <source>Too small</source>
      <translation>太小</translation>
    </message>
    <message>
      <source>Trouble at the provider</source>
      <translation>提供商故障</translation>
    </message>
    <message>
      <source>Unless one of the rules marked “not known” applies: {answers}</source>
      <translation>除非某条标为“未知”的规则适用：{answers}</translation>
    </message>
    <message>
      <source>Web search</source>
      <translation>网页搜索</translation>
    </message>
    <message>
      <source>When Claude Code asks for {name}.</source>
      <translation>当 Claude Code 请求 {name} 时。</translation>
    </message>
    <message>
      <source>When a conversation has grown.</source>
      <translation>当对话变长时。</translation>
    </message>
    <message>
      <source>Your custom router is asked first. Where it names a model, neither a rule nor the table chooses one; what rules forbid still holds.</source>
      <translation>先询问你的自定义路由器。它指定了模型时，规则和表格都不再选择模型；规则禁止的内容仍然有效。</translation>
    </message>
    <message>
      <source>Your own router</source>
      <translation>你的自定义路由器</translation>
    </message>
    <message>
      <source>Your rule “{name}”</source>
      <translation>你的规则“{name}”</translation>
    </message>
    <message>
      <source>free</source>
      <translation>免费</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>无</translation>
    </message>
    <message>
      <source>switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>{count} rules of your own come before this table.</source>
      <translation>你有 {count} 条自定义规则先于此表。</translation>
    </message>
    <message>
      <source>{model} from {provider} would answer.</source>
      <translation>将由 {provider} 的 {model} 处理。</translation>
    </message>
    <message>
      <source>{model} holds {size} tokens only, less than the number above.</source>
      <translation>{model} 的上下文窗口只有 {size} 令牌，小于上面的数字。</translation>
    </message>
    <message>
      <source>{model} is not in the list of {provider}. It is asked for all the same.</source>
      <translation>{model} 不在 {provider} 的列表中。仍会请求它。</translation>
    </message>
    <message>
      <source>{provider} (switched off)</source>
      <translation>{provider}（已关闭）</translation>
    </message>
    <message>
      <source>{provider} is switched off, so {model} is left out.</source>
      <translation>{provider} 已关闭，因此跳过 {model}。</translation>
    </message>
    <message>
      <source>{provider}, missing</source>
      <translation>{provider}，缺失</translation>
    </message>
    <message>
      <source>{refused} before a model was chosen</source>
      <translation>{refused}（尚未选择模型）</translation>
    </message>
    <message>
      <source>{size}, too small</source>
      <translation>{size}，太小</translation>
    </message>
    <message>
      <source>“{provider}” is not among your providers.</source>
      <translation>“{provider}”不在你的提供商之中。</translation>
    </message>
  </context>
  <context>
    <name>RoutesField</name>
    <message>
      <source>Add a backup model…</source>
      <translation>添加备用模型…</translation>
    </message>
    <message>
      <source>Add a model</source>
      <translation>添加模型</translation>
    </message>
    <message>
      <source>Choose a model…</source>
      <translation>选择模型…</translation>
    </message>
    <message>
      <source>Models of the rule</source>
      <translation>规则的模型</translation>
    </message>
  </context>
  <context>
    <name>RoutesPage</name>
    <message>
      <source>Add a provider first. Then choose which model does which work.</source>
      <translation>请先添加提供商，然后选择哪个模型做哪种工作。</translation>
    </message>
    <message>
      <source>Add provider</source>
      <translation>添加提供商</translation>
    </message>
    <message>
      <source>Remove missing models</source>
      <translation>移除缺失的模型</translation>
    </message>
    <message>
      <source>Routes</source>
      <translation>路由</translation>
    </message>
    <message>
      <source>Show rules</source>
      <translation>显示规则</translation>
    </message>
    <message>
      <source>Which model does which work. A change counts from the next request on, and can be undone.</source>
      <translation>哪个模型做哪种工作。更改从下一个请求起生效，并且可以撤销。</translation>
    </message>
  </context>
  <context>
    <name>RoutesPresenter</name>
    <message>
      <source>Added {model} to {provider}</source>
      <translation>已将 {model} 添加到 {provider}</translation>
    </message>
    <message>
      <source>Changed the quick choices</source>
      <translation>已更改快捷选择</translation>
    </message>
    <message>
      <source>Conversations are long over {tokens} tokens</source>
      <translation>超过 {tokens} 个令牌即为长对话</translation>
    </message>
    <message>
      <source>Removed missing models</source>
      <translation>已移除缺失的模型</translation>
    </message>
    <message>
      <source>Switched on {provider}</source>
      <translation>已打开 {provider}</translation>
    </message>
    <message>
      <source>cleared</source>
      <translation>已清除</translation>
    </message>
    <message>
      <source>{row}: {model}</source>
      <translation>{row}：{model}</translation>
    </message>
  </context>
  <context>
    <name>RowList</name>
    <message>
      <source>Move down</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>上移</translation>
    </message>
  </context>
  <context>
    <name>RuleEditor</name>
    <message>
      <source>Add a condition</source>
      <translation>添加条件</translation>
    </message>
    <message>
      <source>Add what is to be done</source>
      <translation>添加操作</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>No condition yet: the rule holds for every request.</source>
      <translation>还没有条件：规则适用于每个请求。</translation>
    </message>
    <message>
      <source>The rule does nothing yet. Add what is to be done.</source>
      <translation>规则还没有任何操作。请添加要执行的操作。</translation>
    </message>
    <message>
      <source>Then</source>
      <translation>则</translation>
    </message>
    <message>
      <source>What it is called in decisions</source>
      <translation>它在决定中的名称</translation>
    </message>
    <message>
      <source>When all of this holds</source>
      <translation>当以下全部满足时</translation>
    </message>
  </context>
  <context>
    <name>RuleList</name>
    <message>
      <source>Rules</source>
      <translation>规则</translation>
    </message>
  </context>
  <context>
    <name>RuleText</name>
    <message>
      <source>As the file writes it</source>
      <translation>与文件中的写法相同</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Rule as text</source>
      <translation>规则的文本</translation>
    </message>
    <message>
      <source>Save rule</source>
      <translation>保存规则</translation>
    </message>
    <message>
      <source>This can't be read: {problem} in line {line}.</source>
      <translation>无法读取：第 {line} 行{problem}。</translation>
    </message>
  </context>
  <context>
    <name>Rules</name>
    <message>
      <source>A picture is sent</source>
      <translation>发送了图片</translation>
    </message>
    <message>
      <source>Add a fix.</source>
      <translation>请添加一个修复。</translation>
    </message>
    <message>
      <source>All that is sent counts, the earlier conversation too.</source>
      <translation>所发送的全部内容都计入，之前的对话也算。</translation>
    </message>
    <message>
      <source>Always {actions}.</source>
      <translation>总是{actions}。</translation>
    </message>
    <message>
      <source>Change fields</source>
      <translation>更改字段</translation>
    </message>
    <message>
      <source>Cheap nights</source>
      <translation>夜间省钱</translation>
    </message>
    <message>
      <source>Choose a model.</source>
      <translation>请选择模型。</translation>
    </message>
    <message>
      <source>Claude Code shows this sentence. Nothing is sent.</source>
      <translation>Claude Code 显示这句话。不会发送任何内容。</translation>
    </message>
    <message>
      <source>Client work</source>
      <translation>客户项目</translation>
    </message>
    <message>
      <source>Compatibility fixes</source>
      <translation>兼容修复</translation>
    </message>
    <message>
      <source>Field of the request</source>
      <translation>请求的字段</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>标头</translation>
    </message>
    <message>
      <source>Helper agent</source>
      <translation>子智能体</translation>
    </message>
    <message>
      <source>Holds for what is in it, too. One a line; one of them is enough.</source>
      <translation>对其中的内容也有效。每行一个；符合其中一个即可。</translation>
    </message>
    <message>
      <source>In the last message; a rule that forbids looks at all that is sent. One a line; one of them is enough.</source>
      <translation>在最后一条消息中查找；起禁止作用的规则会查看发送的全部内容。每行一个；符合其中一个即可。</translation>
    </message>
    <message>
      <source>Larger than</source>
      <translation>大于</translation>
    </message>
    <message>
      <source>Message contains</source>
      <translation>消息包含</translation>
    </message>
    <message>
      <source>Model asked for</source>
      <translation>请求的模型</translation>
    </message>
    <message>
      <source>Never use these providers</source>
      <translation>绝不使用这些提供商</translation>
    </message>
    <message>
      <source>No browsing in production</source>
      <translation>生产环境中不浏览网页</translation>
    </message>
    <message>
      <source>No picture is sent</source>
      <translation>没有发送图片</translation>
    </message>
    <message>
      <source>Not from this folder.</source>
      <translation>不可来自此文件夹。</translation>
    </message>
    <message>
      <source>On this computer's clock; it may go over midnight.</source>
      <translation>按这台电脑的时钟；可以跨越午夜。</translation>
    </message>
    <message>
      <source>One a line: name = value. All must hold. * stands for anything.</source>
      <translation>每行一个：名称 = 值。必须全部满足。* 代表任何内容。</translation>
    </message>
    <message>
      <source>One a line: name = value. The value null takes a field out.</source>
      <translation>每行一个：名称 = 值。值为 null 时去掉该字段。</translation>
    </message>
    <message>
      <source>One a line; one of them is enough. * stands for anything.</source>
      <translation>每行一个；符合其中一个即可。* 代表任何内容。</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Refuse</source>
      <translation>拒绝</translation>
    </message>
    <message>
      <source>Reviews</source>
      <translation>审查</translation>
    </message>
    <message>
      <source>Short answers</source>
      <translation>简短的回答</translation>
    </message>
    <message>
      <source>Sign of thinking</source>
      <translation>思考的标志</translation>
    </message>
    <message>
      <source>Smaller than</source>
      <translation>小于</translation>
    </message>
    <message>
      <source>Streaming</source>
      <translation>流式</translation>
    </message>
    <message>
      <source>The answer is not streamed</source>
      <translation>回答不是流式</translation>
    </message>
    <message>
      <source>The answer is streamed</source>
      <translation>回答是流式</translation>
    </message>
    <message>
      <source>The first one answers; the others are asked when it fails.</source>
      <translation>由第一个处理；它失败时改用其他的。</translation>
    </message>
    <message>
      <source>They run behind those of the provider and the model.</source>
      <translation>它们在提供商和模型的修复之后运行。</translation>
    </message>
    <message>
      <source>Tick at least one provider.</source>
      <translation>请至少勾选一个提供商。</translation>
    </message>
    <message>
      <source>Time of day</source>
      <translation>时刻</translation>
    </message>
    <message>
      <source>Tool is offered</source>
      <translation>提供了工具</translation>
    </message>
    <message>
      <source>Use a model</source>
      <translation>使用模型</translation>
    </message>
    <message>
      <source>Use only these providers</source>
      <translation>只使用这些提供商</translation>
    </message>
    <message>
      <source>Whatever else chooses, and for backup models too.</source>
      <translation>无论由谁选择，对备用模型也有效。</translation>
    </message>
    <message>
      <source>When {conditions}, {actions}.</source>
      <translation>当{conditions}时，{actions}。</translation>
    </message>
    <message>
      <source>Write a name, = and a value.</source>
      <translation>请写名称、= 和值。</translation>
    </message>
    <message>
      <source>Write at least one line.</source>
      <translation>请至少写一行。</translation>
    </message>
    <message>
      <source>Write what Claude Code is to show.</source>
      <translation>请写 Claude Code 要显示的内容。</translation>
    </message>
    <message>
      <source>a picture is sent</source>
      <translation>发送了图片</translation>
    </message>
    <message>
      <source>apply the fix {names}</source>
      <translation>应用修复 {names}</translation>
    </message>
    <message>
      <source>between {begin} and {end}</source>
      <translation>在 {begin} 和 {end} 之间</translation>
    </message>
    <message>
      <source>do nothing</source>
      <translation>没有操作</translation>
    </message>
    <message>
      <source>fewer than {tokens} tokens are sent</source>
      <translation>发送的令牌少于 {tokens}</translation>
    </message>
    <message>
      <source>it is {spans}</source>
      <translation>时间{spans}</translation>
    </message>
    <message>
      <source>leave out {field}</source>
      <translation>去掉 {field}</translation>
    </message>
    <message>
      <source>more than {tokens} tokens are sent</source>
      <translation>发送的令牌多于 {tokens}</translation>
    </message>
    <message>
      <source>never use {names}</source>
      <translation>绝不使用 {names}</translation>
    </message>
    <message>
      <source>no picture is sent</source>
      <translation>没有发送图片</translation>
    </message>
    <message>
      <source>plan, ultrathink, any, or effort: and a level. One a line.</source>
      <translation>plan、ultrathink、any，或 effort: 加级别。每行一个。</translation>
    </message>
    <message>
      <source>refuse it with “{text}”</source>
      <translation>以“{text}”拒绝</translation>
    </message>
    <message>
      <source>review</source>
      <translation>审查</translation>
    </message>
    <message>
      <source>set {field} to {value}</source>
      <translation>把 {field} 设为 {value}</translation>
    </message>
    <message>
      <source>the answer is not streamed</source>
      <translation>回答不是流式</translation>
    </message>
    <message>
      <source>the answer is streamed</source>
      <translation>回答是流式</translation>
    </message>
    <message>
      <source>the field {pairs}</source>
      <translation>字段 {pairs}</translation>
    </message>
    <message>
      <source>the folder is {folders}</source>
      <translation>文件夹是 {folders}</translation>
    </message>
    <message>
      <source>the header {pairs}</source>
      <translation>标头 {pairs}</translation>
    </message>
    <message>
      <source>the helper agent is {names}</source>
      <translation>子智能体是 {names}</translation>
    </message>
    <message>
      <source>the message contains {words}</source>
      <translation>消息包含 {words}</translation>
    </message>
    <message>
      <source>the model asked for is {names}</source>
      <translation>请求的模型是 {names}</translation>
    </message>
    <message>
      <source>the request shows {signs}</source>
      <translation>请求显示 {signs}</translation>
    </message>
    <message>
      <source>the tool {names} is offered</source>
      <translation>提供了工具 {names}</translation>
    </message>
    <message>
      <source>use only {names}</source>
      <translation>只使用 {names}</translation>
    </message>
    <message>
      <source>use {model} from {provider}</source>
      <translation>使用 {provider} 的 {model}</translation>
    </message>
    <message>
      <source>{first} and {last}</source>
      <translation>{first}且{last}</translation>
    </message>
    <message>
      <source>{first} or {last}</source>
      <translation>{first}或{last}</translation>
    </message>
    <message>
      <source>{name} is {value}</source>
      <translation>{name} 为 {value}</translation>
    </message>
    <message>
      <source>{use} (backup: {models})</source>
      <translation>{use}（备用：{models}）</translation>
    </message>
    <message>
      <source>“{text}”</source>
      <translation>“{text}”</translation>
    </message>
  </context>
  <context>
    <name>RulesPresenter</name>
    <message>
      <source>Add rule</source>
      <translation>添加规则</translation>
    </message>
    <message>
      <source>Added the rule {rule}</source>
      <translation>已添加规则 {rule}</translation>
    </message>
    <message>
      <source>Adding a rule</source>
      <translation>添加规则</translation>
    </message>
    <message>
      <source>Changed the rule {rule}</source>
      <translation>已更改规则 {rule}</translation>
    </message>
    <message>
      <source>Changing a rule</source>
      <translation>更改规则</translation>
    </message>
    <message>
      <source>Choosing a folder</source>
      <translation>选择文件夹</translation>
    </message>
    <message>
      <source>Copied the rule {rule}</source>
      <translation>已复制规则 {rule}</translation>
    </message>
    <message>
      <source>Edit rule</source>
      <translation>编辑规则</translation>
    </message>
    <message>
      <source>Folder that the rule is about</source>
      <translation>规则所涉及的文件夹</translation>
    </message>
    <message>
      <source>It was changed or removed outside of this window. What you entered can be saved as a new rule in its place.</source>
      <translation>该规则已在此窗口之外被更改或移除。你输入的内容可以作为新规则保存在原来的位置。</translation>
    </message>
    <message>
      <source>Keep editing</source>
      <translation>继续编辑</translation>
    </message>
    <message>
      <source>Moved a rule</source>
      <translation>已移动规则</translation>
    </message>
    <message>
      <source>Removed the rule {rule}</source>
      <translation>已移除规则 {rule}</translation>
    </message>
    <message>
      <source>Save as a new rule</source>
      <translation>保存为新规则</translation>
    </message>
    <message>
      <source>Save rule</source>
      <translation>保存规则</translation>
    </message>
    <message>
      <source>Switched off {rule}</source>
      <translation>已关闭 {rule}</translation>
    </message>
    <message>
      <source>Switched on {rule}</source>
      <translation>已打开 {rule}</translation>
    </message>
    <message>
      <source>{name} (copy)</source>
      <translation>{name}（副本）</translation>
    </message>
    <message>
      <source>“{set}” follows the rules of Standard</source>
      <translation>“{set}”沿用“标准”的规则</translation>
    </message>
    <message>
      <source>“{set}” has rules of its own</source>
      <translation>“{set}”有自己的规则</translation>
    </message>
  </context>
  <context>
    <name>RulesTab</name>
    <message>
      <source>Add rule</source>
      <translation>添加规则</translation>
    </message>
    <message>
      <source>Does not fit</source>
      <translation>不符合</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>复制一份</translation>
    </message>
    <message>
      <source>Edit as text…</source>
      <translation>作为文本编辑…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>编辑…</translation>
    </message>
    <message>
      <source>Examples…</source>
      <translation>示例…</translation>
    </message>
    <message>
      <source>Fits in “Try it”</source>
      <translation>在“试一试”中符合</translation>
    </message>
    <message>
      <source>Follow Standard again</source>
      <translation>重新沿用“标准”</translation>
    </message>
    <message>
      <source>Give it rules of its own</source>
      <translation>给它自己的规则</translation>
    </message>
    <message>
      <source>Last used {ago}</source>
      <translation>上次使用：{ago}</translation>
    </message>
    <message>
      <source>No rules. Everything follows the table on the first tab.</source>
      <translation>没有规则。一切按第一个标签页的表格。</translation>
    </message>
    <message>
      <source>No rules. What it leaves follows the table on the first tab.</source>
      <translation>没有规则。它未处理的请求按第一个选项卡中的表格处理。</translation>
    </message>
    <message>
      <source>Not used since the app was started</source>
      <translation>应用启动以来未使用</translation>
    </message>
    <message>
      <source>On</source>
      <translation>开</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>See examples</source>
      <translation>查看示例</translation>
    </message>
    <message>
      <source>Switch off</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Switch on</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>Test against a past request…</source>
      <translation>用过去的请求测试…</translation>
    </message>
    <message>
      <source>The first rule that fits chooses the model. What rules forbid or change counts in any place.</source>
      <translation>由第一条符合的规则选择模型。规则的禁止和更改不论位置都有效。</translation>
    </message>
    <message>
      <source>These rules are those of “{set}”. What the rules of Standard forbid holds, too.</source>
      <translation>这些是“{set}”的规则。“标准”的规则所禁止的同样有效。</translation>
    </message>
    <message>
      <source>Try it with this rule's conditions</source>
      <translation>用此规则的条件试一试</translation>
    </message>
    <message>
      <source>Used once, {ago}</source>
      <translation>用过一次，{ago}</translation>
    </message>
    <message>
      <source>{fits}: {why}</source>
      <translation>{fits}：{why}</translation>
    </message>
    <message>
      <source>{number}. {sentence}</source>
      <translation>{number}. {sentence}</translation>
    </message>
    <message>
      <source>“{set}” has no rules of its own: those of Standard hold.</source>
      <translation>“{set}”没有自己的规则：沿用“标准”的规则。</translation>
    </message>
  </context>
  <context>
    <name>RunningCard</name>
    <message>
      <source>Nothing is running now</source>
      <translation>当前没有正在运行的请求</translation>
    </message>
    <message>
      <source>Running now: {n}</source>
      <translation>正在运行：{n}</translation>
    </message>
    <message>
      <source>and {n} more</source>
      <translation>还有 {n} 个</translation>
    </message>
  </context>
  <context>
    <name>RunningLine</name>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop the request to {model}</source>
      <translation>停止发往 {model} 的请求</translation>
    </message>
    <message>
      <source>first word after {first}, {elapsed} so far</source>
      <translation>首字 {first} 后到达，已进行 {elapsed}</translation>
    </message>
    <message>
      <source>waiting for the first word, {elapsed}</source>
      <translation>等待首字，{elapsed}</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Clear</source>
      <translation>清除</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
  </context>
  <context>
    <name>SecondsField</name>
    <message>
      <source> s</source>
      <translation> 秒</translation>
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Show while held</source>
      <translation>按住时显示</translation>
    </message>
    <message>
      <source>Stored in: %s</source>
      <translation>存放位置：%s</translation>
    </message>
    <message>
      <source>Stored. Type to replace it.</source>
      <translation>已存储。输入即可替换。</translation>
    </message>
  </context>
  <context>
    <name>Service</name>
    <message>
      <source>A program that the system does not name</source>
      <translation>一个系统没有给出名称的程序</translation>
    </message>
    <message>
      <source>CCR Desktop already runs on port {port}</source>
      <translation>CCR Desktop 已经在端口 {port} 上运行</translation>
    </message>
    <message>
      <source>End it where it was started, or use another port.</source>
      <translation>请在启动它的地方停止它，或使用其他端口。</translation>
    </message>
    <message>
      <source>It no longer answers at its address.</source>
      <translation>它的地址不再响应。</translation>
    </message>
    <message>
      <source>It was started again {times} times. The last problem: {problem}</source>
      <translation>已重新启动 {times} 次。最近的问题：{problem}</translation>
    </message>
    <message>
      <source>Port {port} is in use</source>
      <translation>端口 {port} 已被占用</translation>
    </message>
    <message>
      <source>Stopping</source>
      <translation>正在停止</translation>
    </message>
    <message>
      <source>Stopping: waits for 1 request</source>
      <translation>正在停止：等待 1 个请求</translation>
    </message>
    <message>
      <source>Stopping: waits for {count} requests</source>
      <translation>正在停止：等待 {count} 个请求</translation>
    </message>
    <message>
      <source>The other router does not stop</source>
      <translation>另一个路由器没有停止</translation>
    </message>
    <message>
      <source>The router can't start</source>
      <translation>路由器无法启动</translation>
    </message>
    <message>
      <source>The router ended and starts again</source>
      <translation>路由器已退出，正在重新启动</translation>
    </message>
    <message>
      <source>The router keeps ending</source>
      <translation>路由器反复退出</translation>
    </message>
    <message>
      <source>{holder} holds it. End that program, or use another port.</source>
      <translation>它被 {holder} 占用。请结束该程序，或使用其他端口。</translation>
    </message>
    <message>
      <source>{holder} serves there and can't be stopped. Use another port.</source>
      <translation>{holder} 正在使用此端口且无法停止。请使用其他端口。</translation>
    </message>
    <message>
      <source>{holder} serves there. Take over from it, or use another port.</source>
      <translation>{holder} 正在使用此端口。可以接管它，或使用其他端口。</translation>
    </message>
    <message>
      <source>{problem}. Stopping what was left of it failed, too: {error}</source>
      <translation>{problem}。停止剩余部分时也失败了：{error}</translation>
    </message>
    <message>
      <source>{problem}. This is a mistake in CCR Desktop; the log says more.</source>
      <translation>{problem}。这是 CCR Desktop 的错误；日志中有更多说明。</translation>
    </message>
  </context>
  <context>
    <name>SessionPicker</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Claude Code has no sessions of this folder.</source>
      <translation>Claude Code 没有此文件夹的会话。</translation>
    </message>
    <message>
      <source>No session begins like this.</source>
      <translation>没有这样开头的会话。</translation>
    </message>
    <message>
      <source>Reading the sessions…</source>
      <translation>正在读取会话…</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Resume a session</source>
      <translation>恢复会话</translation>
    </message>
    <message>
      <source>Search sessions</source>
      <translation>搜索会话</translation>
    </message>
    <message>
      <source>Sessions</source>
      <translation>会话</translation>
    </message>
  </context>
  <context>
    <name>SetsBar</name>
    <message>
      <source>Duplicate this set</source>
      <translation>复制此组</translation>
    </message>
    <message>
      <source>In force</source>
      <translation>生效中</translation>
    </message>
    <message>
      <source>New route set</source>
      <translation>新建路由组</translation>
    </message>
    <message>
      <source>Not in force</source>
      <translation>未生效</translation>
    </message>
    <message>
      <source>Other routes under a name, such as “Offline”, to switch to here or in the tray</source>
      <translation>以某个名称（例如“离线”）保存的另一套路由，可在这里或托盘中切换</translation>
    </message>
    <message>
      <source>Remove this set</source>
      <translation>移除此组</translation>
    </message>
    <message>
      <source>Rename this set</source>
      <translation>重命名此组</translation>
    </message>
    <message>
      <source>Route set</source>
      <translation>路由组</translation>
    </message>
    <message>
      <source>Route set that is shown</source>
      <translation>显示的路由组</translation>
    </message>
    <message>
      <source>Use this set</source>
      <translation>使用此组</translation>
    </message>
    <message>
      <source>in force</source>
      <translation>生效中</translation>
    </message>
  </context>
  <context>
    <name>SetsPresenter</name>
    <message>
      <source>Create</source>
      <translation>创建</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>复制一份</translation>
    </message>
    <message>
      <source>Duplicate the route set</source>
      <translation>复制路由组</translation>
    </message>
    <message>
      <source>Duplicating a route set</source>
      <translation>复制路由组</translation>
    </message>
    <message>
      <source>New route set</source>
      <translation>新建路由组</translation>
    </message>
    <message>
      <source>New route set: {name}</source>
      <translation>新路由组：{name}</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Remove the route set {name}?</source>
      <translation>移除路由组 {name}？</translation>
    </message>
    <message>
      <source>Removed the route set {name}</source>
      <translation>已移除路由组 {name}</translation>
    </message>
    <message>
      <source>Removing a route set</source>
      <translation>移除路由组</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Rename the route set</source>
      <translation>重命名路由组</translation>
    </message>
    <message>
      <source>Renamed {old} to {name}</source>
      <translation>已将 {old} 重命名为 {name}</translation>
    </message>
    <message>
      <source>Renaming a route set</source>
      <translation>重命名路由组</translation>
    </message>
    <message>
      <source>These folders use it, and follow the set in force from then on: {folders}</source>
      <translation>这些文件夹使用它，此后改用当时生效的路由组：{folders}</translation>
    </message>
  </context>
  <context>
    <name>Settings</name>
    <message>
      <source> seconds</source>
      <translation> 秒</translation>
    </message>
    <message>
      <source>A company can name a copy of its own. What is signed by others is never installed.</source>
      <translation>公司可以填写自己的副本地址。由他人签名的内容绝不会安装。</translation>
    </message>
    <message>
      <source>A file has all settings, to keep or to move to another computer. A link has providers and routes, to share.</source>
      <translation>文件含有所有设置，用于保存或移到另一台电脑。链接含有提供商和路由，用于分享。</translation>
    </message>
    <message>
      <source>A line for each request</source>
      <translation>每个请求一行</translation>
    </message>
    <message>
      <source>A link</source>
      <translation>一个链接</translation>
    </message>
    <message>
      <source>A server that wants no key</source>
      <translation>不需要密钥的服务器</translation>
    </message>
    <message>
      <source>A thread of its own</source>
      <translation>独立的线程</translation>
    </message>
    <message>
      <source>API behind the address</source>
      <translation>该地址背后的 API</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Add device</source>
      <translation>添加设备</translation>
    </message>
    <message>
      <source>Add provider</source>
      <translation>添加提供商</translation>
    </message>
    <message>
      <source>Adding a device</source>
      <translation>正在添加设备</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Address from older files</source>
      <translation>旧文件中的地址</translation>
    </message>
    <message>
      <source>Address of a preset</source>
      <translation>预设的地址</translation>
    </message>
    <message>
      <source>Address of a provider</source>
      <translation>提供商的地址</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>高级</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>外观</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>再次询问</translation>
    </message>
    <message>
      <source>Asking the password store…</source>
      <translation>正在询问密码库…</translation>
    </message>
    <message>
      <source>Asks</source>
      <translation>询问</translation>
    </message>
    <message>
      <source>Back to normal</source>
      <translation>恢复正常</translation>
    </message>
    <message>
      <source>Background jobs</source>
      <translation>后台任务</translation>
    </message>
    <message>
      <source>Backup behaviour</source>
      <translation>备用方式</translation>
    </message>
    <message>
      <source>Backup models</source>
      <translation>备用模型</translation>
    </message>
    <message>
      <source>Balance or plan low</source>
      <translation>余额或套餐不足</translation>
    </message>
    <message>
      <source>Budget</source>
      <translation>预算</translation>
    </message>
    <message>
      <source>Budgets</source>
      <translation>预算</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>证书</translation>
    </message>
    <message>
      <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
      <translation>证书 (*.pem *.crt *.cer);;所有文件 (*)</translation>
    </message>
    <message>
      <source>Changes that you make there show here at once.</source>
      <translation>你在其中所做的更改会立即显示在这里。</translation>
    </message>
    <message>
      <source>Check everything</source>
      <translation>全面检查</translation>
    </message>
    <message>
      <source>Check now</source>
      <translation>立即检查</translation>
    </message>
    <message>
      <source>Choose a ZIP…</source>
      <translation>选择 ZIP…</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>选择文件…</translation>
    </message>
    <message>
      <source>Choose a folder…</source>
      <translation>选择文件夹…</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Claude Code</source>
      <translation>Claude Code</translation>
    </message>
    <message>
      <source>Claude Code program</source>
      <translation>Claude Code 程序</translation>
    </message>
    <message>
      <source>Claude Code updated</source>
      <translation>Claude Code 已更新</translation>
    </message>
    <message>
      <source>Client key</source>
      <translation>客户端密钥</translation>
    </message>
    <message>
      <source>Closing the window</source>
      <translation>关闭窗口时</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Compatibility fixes</source>
      <translation>兼容修复</translation>
    </message>
    <message>
      <source>Compatibility fixes of a rule</source>
      <translation>规则的兼容修复</translation>
    </message>
    <message>
      <source>Conditions of a rule</source>
      <translation>规则的条件</translation>
    </message>
    <message>
      <source>Copy a link</source>
      <translation>复制链接</translation>
    </message>
    <message>
      <source>Copy key</source>
      <translation>复制密钥</translation>
    </message>
    <message>
      <source>Copy report</source>
      <translation>复制报告</translation>
    </message>
    <message>
      <source>Counts at once.</source>
      <translation>立即生效。</translation>
    </message>
    <message>
      <source>Custom route</source>
      <translation>自定义路由</translation>
    </message>
    <message>
      <source>Daily</source>
      <translation>每天</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Decisions as well</source>
      <translation>也记录决定</translation>
    </message>
    <message>
      <source>Earlier versions</source>
      <translation>早期版本</translation>
    </message>
    <message>
      <source>Edit the text</source>
      <translation>编辑文本</translation>
    </message>
    <message>
      <source>Empty: the one that is found by itself.</source>
      <translation>空：使用自动找到的。</translation>
    </message>
    <message>
      <source>Enter passphrase…</source>
      <translation>输入密码短语…</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>Errors and warnings</source>
      <translation>错误和警告</translation>
    </message>
    <message>
      <source>Every request</source>
      <translation>每个请求</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Expired on {day}</source>
      <translation>已于 {day} 过期</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Export to a file…</source>
      <translation>导出到文件…</translation>
    </message>
    <message>
      <source>Extra keys of a provider</source>
      <translation>提供商的更多密钥</translation>
    </message>
    <message>
      <source>Fields a rule changes</source>
      <translation>规则更改的字段</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>For 30 days</source>
      <translation>30 天</translation>
    </message>
    <message>
      <source>For 90 days</source>
      <translation>90 天</translation>
    </message>
    <message>
      <source>For a year</source>
      <translation>一年</translation>
    </message>
    <message>
      <source>For company networks that open secure connections with a certificate of their own.</source>
      <translation>用于以自有证书解密安全连接的公司网络。</translation>
    </message>
    <message>
      <source>Found on this computer</source>
      <translation>在这台电脑上找到</translation>
    </message>
    <message>
      <source>Four in an hour at most, and none in the first hour after the installation.</source>
      <translation>每小时最多四条；安装后的第一个小时内没有。</translation>
    </message>
    <message>
      <source>Free port</source>
      <translation>空闲端口</translation>
    </message>
    <message>
      <source>From before there were providers</source>
      <translation>来自还没有提供商列表的时候</translation>
    </message>
    <message>
      <source>From claude-code-router, CC Switch, a file or a link. You see everything before anything is taken.</source>
      <translation>来自 claude-code-router、CC Switch、文件或链接。在导入任何内容之前你会看到全部。</translation>
    </message>
    <message>
      <source>From where a conversation is long</source>
      <translation>从多长起算作长对话</translation>
    </message>
    <message>
      <source>General</source>
      <translation>常规</translation>
    </message>
    <message>
      <source>Headers of a provider</source>
      <translation>提供商的标头</translation>
    </message>
    <message>
      <source>Helper agents</source>
      <translation>子智能体</translation>
    </message>
    <message>
      <source>Helper agents by name</source>
      <translation>按名称指定的子智能体</translation>
    </message>
    <message>
      <source>History</source>
      <translation>历史</translation>
    </message>
    <message>
      <source>How long a provider is left alone</source>
      <translation>暂停提供商多久</translation>
    </message>
    <message>
      <source>How much is logged</source>
      <translation>记录多少日志</translation>
    </message>
    <message>
      <source>How often one model is asked</source>
      <translation>同一模型尝试的次数</translation>
    </message>
    <message>
      <source>How to add one</source>
      <translation>如何添加</translation>
    </message>
    <message>
      <source>How tokens are counted</source>
      <translation>如何计算令牌</translation>
    </message>
    <message>
      <source>Image agent for new pictures</source>
      <translation>新图片的图片智能体</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Import and export</source>
      <translation>导入和导出</translation>
    </message>
    <message>
      <source>In the environment variable {name}</source>
      <translation>在环境变量 {name} 中</translation>
    </message>
    <message>
      <source>In the settings file</source>
      <translation>在设置文件中</translation>
    </message>
    <message>
      <source>In use: {store}.</source>
      <translation>使用中：{store}。</translation>
    </message>
    <message>
      <source>In {store}</source>
      <translation>存放位置：{store}</translation>
    </message>
    <message>
      <source>It is never shown.</source>
      <translation>它从不显示。</translation>
    </message>
    <message>
      <source>Keeps running</source>
      <translation>继续运行</translation>
    </message>
    <message>
      <source>Key from older files</source>
      <translation>旧文件中的密钥</translation>
    </message>
    <message>
      <source>Key of a provider</source>
      <translation>提供商的密钥</translation>
    </message>
    <message>
      <source>Key problem</source>
      <translation>密钥问题</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Keys of single devices</source>
      <translation>单台设备的密钥</translation>
    </message>
    <message>
      <source>Keys of your providers</source>
      <translation>你的提供商的密钥</translation>
    </message>
    <message>
      <source>Kind of service</source>
      <translation>服务类型</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Leave a provider alone that keeps failing</source>
      <translation>暂停一再失败的提供商</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Light and dark can follow the system.</source>
      <translation>浅色和深色可以跟随系统。</translation>
    </message>
    <message>
      <source>Log files</source>
      <translation>日志文件</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>日志</translation>
    </message>
    <message>
      <source>Logs and reports</source>
      <translation>日志和报告</translation>
    </message>
    <message>
      <source>Long conversations</source>
      <translation>长对话</translation>
    </message>
    <message>
      <source>Longest wait</source>
      <translation>最长等待</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>查看</translation>
    </message>
    <message>
      <source>Looked for while the app runs.</source>
      <translation>应用运行时检查更新。</translation>
    </message>
    <message>
      <source>Made a key for {name}</source>
      <translation>已为 {name} 生成密钥</translation>
    </message>
    <message>
      <source>Main work</source>
      <translation>主要工作</translation>
    </message>
    <message>
      <source>Make a key</source>
      <translation>生成密钥</translation>
    </message>
    <message>
      <source>Make a support file</source>
      <translation>生成支持文件</translation>
    </message>
    <message>
      <source>Make one…</source>
      <translation>制作一个…</translation>
    </message>
    <message>
      <source>Memory size of models</source>
      <translation>模型的上下文窗口</translation>
    </message>
    <message>
      <source>Missing</source>
      <translation>缺失</translation>
    </message>
    <message>
      <source>Model for small tasks</source>
      <translation>小任务的模型</translation>
    </message>
    <message>
      <source>Model from older files</source>
      <translation>旧文件中的模型</translation>
    </message>
    <message>
      <source>Model of a rule</source>
      <translation>规则的模型</translation>
    </message>
    <message>
      <source>Models by Claude's model names</source>
      <translation>按 Claude 模型名称选择模型</translation>
    </message>
    <message>
      <source>Models of a provider</source>
      <translation>提供商的模型</translation>
    </message>
    <message>
      <source>Move all to a protected file…</source>
      <translation>全部移到受保护的文件…</translation>
    </message>
    <message>
      <source>Move all to the system's password store…</source>
      <translation>全部移到系统的密码库…</translation>
    </message>
    <message>
      <source>Move to the key store</source>
      <translation>移到密钥库</translation>
    </message>
    <message>
      <source>Moved to a backup</source>
      <translation>改用备用</translation>
    </message>
    <message>
      <source>Muted until {time}. Only what can't wait is told until then.</source>
      <translation>已静音至 {time}。在此之前只通知紧急的事。</translation>
    </message>
    <message>
      <source>Name of a provider</source>
      <translation>提供商的名称</translation>
    </message>
    <message>
      <source>Name of a rule</source>
      <translation>规则的名称</translation>
    </message>
    <message>
      <source>Needed if an earlier version in History is restored</source>
      <translation>恢复历史记录中的早期版本时需要</translation>
    </message>
    <message>
      <source>Needs none</source>
      <translation>不需要</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>Network proxy</source>
      <translation>网络代理</translation>
    </message>
    <message>
      <source>Never</source>
      <translation>从不</translation>
    </message>
    <message>
      <source>New versions</source>
      <translation>新版本</translation>
    </message>
    <message>
      <source>Newest version</source>
      <translation>最新版本</translation>
    </message>
    <message>
      <source>No model left</source>
      <translation>没有可用模型</translation>
    </message>
    <message>
      <source>No providers yet.</source>
      <translation>还没有提供商。</translation>
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation>没有设置含有这些词。</translation>
    </message>
    <message>
      <source>No version in History refers to it</source>
      <translation>历史记录中没有版本引用它</translation>
    </message>
    <message>
      <source>Nobody at the keyboard</source>
      <translation>无人值守</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>None yet. A preset asks its questions when you use it.</source>
      <translation>还没有。使用预设时它会提问。</translation>
    </message>
    <message>
      <source>None. Nothing failed so far.</source>
      <translation>没有。到目前为止没有失败。</translation>
    </message>
    <message>
      <source>Not in the link:</source>
      <translation>链接中不包含：</translation>
    </message>
    <message>
      <source>Not known here. {hint}</source>
      <translation>在此未知。{hint}</translation>
    </message>
    <message>
      <source>Not there</source>
      <translation>不存在</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>通知</translation>
    </message>
    <message>
      <source>One certificate.</source>
      <translation>一个证书。</translation>
    </message>
    <message>
      <source>One for each device: a device that is lost is shut out alone, the others go on.</source>
      <translation>每台设备一个：设备丢失时只停用它的密钥，其他设备不受影响。</translation>
    </message>
    <message>
      <source>Only in a file, encrypted with a passphrase that you choose.</source>
      <translation>只在文件中，用你选择的密码短语加密。</translation>
    </message>
    <message>
      <source>Only the version is sent, and nothing is installed unless you say so.</source>
      <translation>只发送版本号；未经你同意不会安装任何内容。</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Open folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <source>Open the folder of the logs</source>
      <translation>打开日志文件夹</translation>
    </message>
    <message>
      <source>Open the settings file</source>
      <translation>打开设置文件</translation>
    </message>
    <message>
      <source>Open the system's settings</source>
      <translation>打开系统设置</translation>
    </message>
    <message>
      <source>Own certificates</source>
      <translation>自己的证书</translation>
    </message>
    <message>
      <source>Own compatibility fixes</source>
      <translation>自己的兼容修复</translation>
    </message>
    <message>
      <source>Own router</source>
      <translation>自定义路由器</translation>
    </message>
    <message>
      <source>Own rules</source>
      <translation>自定义规则</translation>
    </message>
    <message>
      <source>Own system prompt</source>
      <translation>自定义系统提示词</translation>
    </message>
    <message>
      <source>Patience of Claude Code</source>
      <translation>Claude Code 的等待时间</translation>
    </message>
    <message>
      <source>Pause a provider</source>
      <translation>暂停提供商</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Plugins</source>
      <translation>插件</translation>
    </message>
    <message>
      <source>Plugins of claude-code-router</source>
      <translation>claude-code-router 的插件</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>端口</translation>
    </message>
    <message>
      <source>Presets</source>
      <translation>预设</translation>
    </message>
    <message>
      <source>Prices of models</source>
      <translation>模型的价格</translation>
    </message>
    <message>
      <source>Projects with routes of their own</source>
      <translation>有自己路由的项目</translation>
    </message>
    <message>
      <source>Provider paused</source>
      <translation>提供商已暂停</translation>
    </message>
    <message>
      <source>Providers</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Providers a rule allows</source>
      <translation>规则允许的提供商</translation>
    </message>
    <message>
      <source>Providers a rule forbids</source>
      <translation>规则禁止的提供商</translation>
    </message>
    <message>
      <source>Providers whose address holds a secret: {names}</source>
      <translation>地址中含有密钥的提供商：{names}</translation>
    </message>
    <message>
      <source>Proxy of a provider</source>
      <translation>提供商的代理</translation>
    </message>
    <message>
      <source>Quick choices of the tray</source>
      <translation>托盘的快捷选择</translation>
    </message>
    <message>
      <source>Quiet hours</source>
      <translation>安静时段</translation>
    </message>
    <message>
      <source>Quits</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Quitting ends the router as well.</source>
      <translation>退出也会结束路由器。</translation>
    </message>
    <message>
      <source>Reach from other devices</source>
      <translation>允许其他设备访问</translation>
    </message>
    <message>
      <source>Readable in the settings file</source>
      <translation>在设置文件中明文可读</translation>
    </message>
    <message>
      <source>Ready-made settings of others. You see what changes before one is used.</source>
      <translation>他人制作的现成设置。使用之前你会看到将更改的内容。</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>记录</translation>
    </message>
    <message>
      <source>Refusal of a rule</source>
      <translation>规则的拒绝</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Removed the key of {name}</source>
      <translation>已移除 {name} 的密钥</translation>
    </message>
    <message>
      <source>Reports of failures</source>
      <translation>故障报告</translation>
    </message>
    <message>
      <source>Reports say what failed in CCR Desktop, without keys and without requests.</source>
      <translation>报告说明 CCR Desktop 中出了什么错，不含密钥和请求。</translation>
    </message>
    <message>
      <source>Requests</source>
      <translation>请求</translation>
    </message>
    <message>
      <source>Right-click one, or point at it, to move its key. Keys are entered at Providers.</source>
      <translation>右键单击或指向某一项即可移动其密钥。密钥在“提供商”页面输入。</translation>
    </message>
    <message>
      <source>Route set in use</source>
      <translation>使用中的路由组</translation>
    </message>
    <message>
      <source>Route sets</source>
      <translation>路由组</translation>
    </message>
    <message>
      <source>Router stopped</source>
      <translation>路由器已停止</translation>
    </message>
    <message>
      <source>Seconds for a whole answer</source>
      <translation>整个回答的秒数</translation>
    </message>
    <message>
      <source>Seconds of silence within an answer</source>
      <translation>回答中途静默的秒数</translation>
    </message>
    <message>
      <source>Seconds until a connection stands</source>
      <translation>建立连接的秒数</translation>
    </message>
    <message>
      <source>Seconds until an answer begins</source>
      <translation>回答开始的秒数</translation>
    </message>
    <message>
      <source>See changes</source>
      <translation>查看更改</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>服务</translation>
    </message>
    <message>
      <source>Set it up</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Set the file aside…</source>
      <translation>搁置该文件…</translation>
    </message>
    <message>
      <source>Settings file</source>
      <translation>设置文件</translation>
    </message>
    <message>
      <source>Settings of this app</source>
      <translation>此应用的设置</translation>
    </message>
    <message>
      <source>Settings that were found</source>
      <translation>找到的设置</translation>
    </message>
    <message>
      <source>Several keys in environment variables</source>
      <translation>环境变量中的多个密钥</translation>
    </message>
    <message>
      <source>Several keys in the settings file</source>
      <translation>设置文件中有多个密钥</translation>
    </message>
    <message>
      <source>Several keys in {store}</source>
      <translation>多个密钥，存放位置：{store}</translation>
    </message>
    <message>
      <source>Several keys, in more than one place</source>
      <translation>多个密钥，位于不止一处</translation>
    </message>
    <message>
      <source>Show an example: {kind}</source>
      <translation>显示示例：{kind}</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>在文件夹中显示</translation>
    </message>
    <message>
      <source>Signs of much thinking</source>
      <translation>需要深入思考的标志</translation>
    </message>
    <message>
      <source>Start and close</source>
      <translation>启动和关闭</translation>
    </message>
    <message>
      <source>Start at login</source>
      <translation>登录时启动</translation>
    </message>
    <message>
      <source>Start hidden</source>
      <translation>启动时隐藏</translation>
    </message>
    <message>
      <source>Status line</source>
      <translation>状态栏</translation>
    </message>
    <message>
      <source>Stored keys that these settings do not use</source>
      <translation>这些设置未使用的已存密钥</translation>
    </message>
    <message>
      <source>Switch of a rule</source>
      <translation>规则的开关</translation>
    </message>
    <message>
      <source>Take from an environment variable…</source>
      <translation>改用环境变量…</translation>
    </message>
    <message>
      <source>Terminal</source>
      <translation>终端</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Text of the settings file</source>
      <translation>设置文件的文本</translation>
    </message>
    <message>
      <source>Texts (*.md *.txt);;All files (*)</source>
      <translation>文本 (*.md *.txt);;所有文件 (*)</translation>
    </message>
    <message>
      <source>The first to end is “{name}”, on {day}.</source>
      <translation>最先到期的是“{name}”，于 {day}。</translation>
    </message>
    <message>
      <source>The key can't be kept. {problem}.</source>
      <translation>无法保存密钥。{problem}。</translation>
    </message>
    <message>
      <source>The password store does not give this key.</source>
      <translation>密码库没有给出这个密钥。</translation>
    </message>
    <message>
      <source>The system shows no notifications of CCR Desktop. Allow them in the system's settings, or end its do-not-disturb. Until then they are listed on Home.</source>
      <translation>系统不显示 CCR Desktop 的通知。请在系统设置中允许它们，或结束勿扰模式。在此之前它们列在主页上。</translation>
    </message>
    <message>
      <source>The variable with this key is not set.</source>
      <translation>存放这个密钥的变量未设置。</translation>
    </message>
    <message>
      <source>There</source>
      <translation>存在</translation>
    </message>
    <message>
      <source>These are files of this computer. Only where they are is in it:</source>
      <translation>以下是本机上的文件，导出内容中只有它们的路径：</translation>
    </message>
    <message>
      <source>They have no effect while there is no client key.</source>
      <translation>没有客户端密钥时，它们不起作用。</translation>
    </message>
    <message>
      <source>They stay when a provider is removed or a change is undone, so that a step back finds them. Other settings files may use them.</source>
      <translation>移除提供商或撤销更改后它们会保留，以便退回时还能找到。其他设置文件可能在使用它们。</translation>
    </message>
    <message>
      <source>Thinking and planning</source>
      <translation>思考和计划</translation>
    </message>
    <message>
      <source>This computer and your own network are always reached without a proxy.</source>
      <translation>这台电脑和你自己的网络始终不经代理连接。</translation>
    </message>
    <message>
      <source>Time-outs of a provider</source>
      <translation>提供商的时限</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>解锁</translation>
    </message>
    <message>
      <source>Unmute</source>
      <translation>取消静音</translation>
    </message>
    <message>
      <source>Until it is removed</source>
      <translation>直到被移除</translation>
    </message>
    <message>
      <source>Until {day}</source>
      <translation>到 {day} 为止</translation>
    </message>
    <message>
      <source>Update ready</source>
      <translation>有可用更新</translation>
    </message>
    <message>
      <source>Updates</source>
      <translation>更新</translation>
    </message>
    <message>
      <source>Use a protected file…</source>
      <translation>使用受保护的文件…</translation>
    </message>
    <message>
      <source>Use…</source>
      <translation>使用…</translation>
    </message>
    <message>
      <source>Valid</source>
      <translation>有效期</translation>
    </message>
    <message>
      <source>Way to the providers</source>
      <translation>连接提供商的方式</translation>
    </message>
    <message>
      <source>Web search</source>
      <translation>网页搜索</translation>
    </message>
    <message>
      <source>Weekly</source>
      <translation>每周</translation>
    </message>
    <message>
      <source>What ended the router</source>
      <translation>路由器退出的原因</translation>
    </message>
    <message>
      <source>What happened, without keys and without what was said.</source>
      <translation>记录发生了什么，不含密钥和对话内容。</translation>
    </message>
    <message>
      <source>What has no field is kept there as it is, and can be changed there.</source>
      <translation>没有字段的内容原样保留在那里，也可以在那里更改。</translation>
    </message>
    <message>
      <source>What is not known here</source>
      <translation>此处未知的内容</translation>
    </message>
    <message>
      <source>What it is told when it is started from here, or with “ccr code”.</source>
      <translation>从这里或用“ccr code”启动时传给它的设置。</translation>
    </message>
    <message>
      <source>What you are told</source>
      <translation>通知内容</translation>
    </message>
    <message>
      <source>When you are not told</source>
      <translation>不通知的时段</translation>
    </message>
    <message>
      <source>Where keys are kept</source>
      <translation>密钥的存放位置</translation>
    </message>
    <message>
      <source>Where new versions are</source>
      <translation>新版本的来源</translation>
    </message>
    <message>
      <source>Which failures count</source>
      <translation>计入哪些失败</translation>
    </message>
    <message>
      <source>Which model does which work</source>
      <translation>哪个模型做哪种工作</translation>
    </message>
    <message>
      <source>Which requests the route for thinking takes. Known: {signs}.</source>
      <translation>哪些请求使用思考路由。可用：{signs}。</translation>
    </message>
    <message>
      <source>With keys</source>
      <translation>包含密钥</translation>
    </message>
    <message>
      <source>Write into the settings file…</source>
      <translation>写入设置文件…</translation>
    </message>
    <message>
      <source>Write log files</source>
      <translation>写日志文件</translation>
    </message>
    <message>
      <source>as Claude Code chooses</source>
      <translation>由 Claude Code 选择</translation>
    </message>
    <message>
      <source>found by itself</source>
      <translation>自动找到</translation>
    </message>
    <message>
      <source>of claude-code-router</source>
      <translation>属于 claude-code-router</translation>
    </message>
    <message>
      <source>the key store</source>
      <translation>密钥库</translation>
    </message>
    <message>
      <source>{count} certificates.</source>
      <translation>{count} 个证书。</translation>
    </message>
    <message>
      <source>{page} › {section}</source>
      <translation>{page} › {section}</translation>
    </message>
    <message>
      <source>“{name}” ended on {day}.</source>
      <translation>“{name}”已于 {day} 到期。</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Search all settings</source>
      <translation>搜索所有设置</translation>
    </message>
    <message>
      <source>Sections of the settings</source>
      <translation>设置的各部分</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
  </context>
  <context>
    <name>SettingsText</name>
    <message>
      <source>Back to the text of the file</source>
      <translation>恢复为文件的文本</translation>
    </message>
    <message>
      <source>Control and space offers what may stand here. F8 goes to the next problem.</source>
      <translation>Ctrl+空格提供此处可以写的内容。F8 前往下一个问题。</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Error</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>Find (Ctrl+F)</source>
      <translation>查找 (Ctrl+F)</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>整理格式</translation>
    </message>
    <message>
      <source>In {unit}.</source>
      <translation>单位：{unit}。</translation>
    </message>
    <message>
      <source>Lay the text out anew. Comments stay.</source>
      <translation>重新排版文本。保留注释。</translation>
    </message>
    <message>
      <source>Line {line}</source>
      <translation>第 {line} 行</translation>
    </message>
    <message>
      <source>Line {line}, column {column}</source>
      <translation>第 {line} 行，第 {column} 列</translation>
    </message>
    <message>
      <source>Open folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <source>Problems in the text</source>
      <translation>文本中的问题</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Save (Ctrl+S)</source>
      <translation>保存 (Ctrl+S)</translation>
    </message>
    <message>
      <source>Text of the settings file</source>
      <translation>设置文件的文本</translation>
    </message>
    <message>
      <source>Warning</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>Without effect so far.</source>
      <translation>目前不起作用。</translation>
    </message>
    <message>
      <source>default</source>
      <translation>默认值</translation>
    </message>
    <message>
      <source>example</source>
      <translation>示例</translation>
    </message>
  </context>
  <context>
    <name>Shortcuts</name>
    <message>
      <source>Close a dialog or details, or empty a search</source>
      <translation>关闭对话框或详情，或清空搜索</translation>
    </message>
    <message>
      <source>Close the window</source>
      <translation>关闭窗口</translation>
    </message>
    <message>
      <source>Do it again</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Go to a page, in the order of the list</source>
      <translation>前往某个页面，按列表顺序</translation>
    </message>
    <message>
      <source>Launch</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Menu of the chosen row</source>
      <translation>所选行的菜单</translation>
    </message>
    <message>
      <source>Move the chosen row</source>
      <translation>移动所选行</translation>
    </message>
    <message>
      <source>Open the chosen row, or press a button: the chosen, or a dialog's main one</source>
      <translation>打开所选行，或按下按钮：有焦点的按钮，否则是对话框的主按钮</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Search on this page, or in all settings</source>
      <translation>在此页面或所有设置中搜索</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>This page</source>
      <translation>此页面</translation>
    </message>
    <message>
      <source>Undo the last change</source>
      <translation>撤销上次更改</translation>
    </message>
  </context>
  <context>
    <name>SignIn</name>
    <message>
      <source>Signing in</source>
      <translation>登录</translation>
    </message>
  </context>
  <context>
    <name>SignInDialog</name>
    <message>
      <source>Asking {place} for a code…</source>
      <translation>正在向 {place} 请求代码…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Enter this code on the page {page}. As soon as {place} has said yes, this closes by itself.</source>
      <translation>请在页面 {page} 上输入此代码。{place} 确认后，此窗口会自行关闭。</translation>
    </message>
    <message>
      <source>Open the page</source>
      <translation>打开页面</translation>
    </message>
    <message>
      <source>Sign in with {place}</source>
      <translation>通过 {place} 登录</translation>
    </message>
  </context>
  <context>
    <name>SizesSection</name>
    <message>
      <source>Add memory size</source>
      <translation>添加上下文窗口</translation>
    </message>
    <message>
      <source>Add price</source>
      <translation>添加价格</translation>
    </message>
    <message>
      <source>Cache read</source>
      <translation>读缓存</translation>
    </message>
    <message>
      <source>Cache write</source>
      <translation>写缓存</translation>
    </message>
    <message>
      <source>Input</source>
      <translation>输入</translation>
    </message>
    <message>
      <source>Memory size (tokens)</source>
      <translation>上下文窗口（令牌）</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Only for models whose size is not known: the provider's list tells most.</source>
      <translation>仅用于上下文窗口未知的模型：大多数可从提供商的列表得知。</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>输出</translation>
    </message>
    <message>
      <source>Prices</source>
      <translation>价格</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>令牌</translation>
    </message>
    <message>
      <source>Tokens are counted by</source>
      <translation>令牌计数方式</translation>
    </message>
    <message>
      <source>US dollars for a million tokens.</source>
      <translation>每百万令牌的美元价格。</translation>
    </message>
    <message>
      <source>as usual</source>
      <translation>照常</translation>
    </message>
    <message>
      <source>name, or * for all</source>
      <translation>名称，或用 * 表示全部</translation>
    </message>
  </context>
  <context>
    <name>SourceRows</name>
    <message>
      <source>Look at it…</source>
      <translation>查看它…</translation>
    </message>
  </context>
  <context>
    <name>SpanField</name>
    <message>
      <source>From</source>
      <translation>起点</translation>
    </message>
    <message>
      <source>To</source>
      <translation>终点</translation>
    </message>
    <message>
      <source>to</source>
      <translation>至</translation>
    </message>
  </context>
  <context>
    <name>SplitButton</name>
    <message>
      <source>More ways: %s</source>
      <translation>更多方式：%s</translation>
    </message>
  </context>
  <context>
    <name>StartAtLogin</name>
    <message>
      <source>Another copy of CCR Desktop, or one that was moved, starts at login.</source>
      <translation>登录时启动的是 CCR Desktop 的另一份副本，或是已被移动的副本。</translation>
    </message>
    <message>
      <source>Asking about the start at login</source>
      <translation>查询登录时启动</translation>
    </message>
    <message>
      <source>Changing the start at login</source>
      <translation>更改登录时启动</translation>
    </message>
    <message>
      <source>Entered, but held back in the system's own settings. Switching it on lifts that.</source>
      <translation>已登记，但在系统设置中被停用。打开开关即可解除。</translation>
    </message>
    <message>
      <source>Start this one</source>
      <translation>改为启动这一份</translation>
    </message>
    <message>
      <source>The router is there before you need it.</source>
      <translation>在你需要之前，路由器已经就绪。</translation>
    </message>
    <message>
      <source>The start at login could not be changed</source>
      <translation>无法更改登录时启动</translation>
    </message>
    <message>
      <source>The system does not tell: {error}.</source>
      <translation>系统没有告知：{error}。</translation>
    </message>
    <message>
      <source>The system says: {error}.</source>
      <translation>系统返回：{error}。</translation>
    </message>
    <message>
      <source>The system starts it at each login, without its window.</source>
      <translation>系统在每次登录时启动它，不显示窗口。</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>A group of your own.</source>
      <translation>你自己的一组。</translation>
    </message>
    <message>
      <source>A sign while an answer comes</source>
      <translation>接收回答时的标志</translation>
    </message>
    <message>
      <source>All placeholders</source>
      <translation>所有占位符</translation>
    </message>
    <message>
      <source>Also memory, speed, cost, time and lines.</source>
      <translation>还有上下文、速度、费用、时间和行数。</translation>
    </message>
    <message>
      <source>Branch</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Branch, or the first digits of the commit</source>
      <translation>分支，或提交的前几位</translation>
    </message>
    <message>
      <source>Coloured texts with icons.</source>
      <translation>带图标的彩色文字。</translation>
    </message>
    <message>
      <source>Cost</source>
      <translation>费用</translation>
    </message>
    <message>
      <source>Cost of the session, as Claude Code estimates it</source>
      <translation>会话的费用，由 Claude Code 估计</translation>
    </message>
    <message>
      <source>First eight characters of the session</source>
      <translation>会话的前八个字符</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>For a Claude Code that you start in another way, put this into its settings ({file}):</source>
      <translation>对于以其他方式启动的 Claude Code，请把这段放入其设置（{file}）：</translation>
    </message>
    <message>
      <source>For the settings of Claude Code</source>
      <translation>用于 Claude Code 的设置</translation>
    </message>
    <message>
      <source>Full</source>
      <translation>完整</translation>
    </message>
    <message>
      <source>How full the model's memory is, in percent</source>
      <translation>上下文窗口用了多少，以百分比表示</translation>
    </message>
    <message>
      <source>How long the first word took</source>
      <translation>首字用了多久</translation>
    </message>
    <message>
      <source>In sessions that are opened here or with `ccr code`.</source>
      <translation>在从这里或用 `ccr code` 打开的会话中。</translation>
    </message>
    <message>
      <source>Kind of work of the last request</source>
      <translation>最近请求的工作类型</translation>
    </message>
    <message>
      <source>Length of the session</source>
      <translation>会话的时长</translation>
    </message>
    <message>
      <source>Lines added</source>
      <translation>增加的行</translation>
    </message>
    <message>
      <source>Lines added less lines removed</source>
      <translation>增加的行减去移除的行</translation>
    </message>
    <message>
      <source>Lines changed</source>
      <translation>更改的行</translation>
    </message>
    <message>
      <source>Lines removed</source>
      <translation>移除的行</translation>
    </message>
    <message>
      <source>Memory in use</source>
      <translation>已用的上下文窗口</translation>
    </message>
    <message>
      <source>Memory size of the model that answers</source>
      <translation>应答模型的上下文窗口</translation>
    </message>
    <message>
      <source>Model that answered</source>
      <translation>应答的模型</translation>
    </message>
    <message>
      <source>Model that answered last</source>
      <translation>最近应答的模型</translation>
    </message>
    <message>
      <source>Name of the folder</source>
      <translation>文件夹的名称</translation>
    </message>
    <message>
      <source>On coloured backgrounds that arrows join. Needs a Nerd Font.</source>
      <translation>在由箭头连接的彩色背景上。需要 Nerd Font。</translation>
    </message>
    <message>
      <source>Path of the folder</source>
      <translation>文件夹的路径</translation>
    </message>
    <message>
      <source>Placeholders</source>
      <translation>占位符</translation>
    </message>
    <message>
      <source>Powerline</source>
      <translation>Powerline</translation>
    </message>
    <message>
      <source>Provider</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Provider and model</source>
      <translation>提供商和模型</translation>
    </message>
    <message>
      <source>Provider and model of the last request</source>
      <translation>最近请求的提供商和模型</translation>
    </message>
    <message>
      <source>Provider of the last request</source>
      <translation>最近请求的提供商</translation>
    </message>
    <message>
      <source>Put into the text</source>
      <translation>放入文字</translation>
    </message>
    <message>
      <source>Show it in Claude Code</source>
      <translation>在 Claude Code 中显示</translation>
    </message>
    <message>
      <source>Simple</source>
      <translation>简单</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>速度</translation>
    </message>
    <message>
      <source>Status line</source>
      <translation>状态栏</translation>
    </message>
    <message>
      <source>Style</source>
      <translation>样式</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Text of a script</source>
      <translation>脚本的输出</translation>
    </message>
    <message>
      <source>The line below the prompt of Claude Code.</source>
      <translation>Claude Code 提示符下面的一行。</translation>
    </message>
    <message>
      <source>The word “streaming” while an answer comes</source>
      <translation>接收回答时显示“streaming”</translation>
    </message>
    <message>
      <source>Time of the session</source>
      <translation>会话的时间</translation>
    </message>
    <message>
      <source>Tokens a second, while that is news</source>
      <translation>每秒令牌数（仅在刚刚更新时显示）</translation>
    </message>
    <message>
      <source>Tokens of all answers of the session</source>
      <translation>会话所有回答的令牌</translation>
    </message>
    <message>
      <source>Tokens of the last answer</source>
      <translation>最近回答的令牌</translation>
    </message>
    <message>
      <source>Tokens of the last prompt, with cached ones</source>
      <translation>上一个提示词的令牌，含缓存</translation>
    </message>
    <message>
      <source>Tokens sent for the last answer</source>
      <translation>最近回答发送的令牌</translation>
    </message>
    <message>
      <source>Tokens sent in the session</source>
      <translation>会话中发送的令牌</translation>
    </message>
    <message>
      <source>Use it in Claude Code</source>
      <translation>在 Claude Code 中使用</translation>
    </message>
    <message>
      <source>Usual</source>
      <translation>常规</translation>
    </message>
    <message>
      <source>Version of Claude Code</source>
      <translation>Claude Code 的版本</translation>
    </message>
    <message>
      <source>What a text may hold in double braces, and what it is in the preview.</source>
      <translation>文字中双花括号里可以写什么，以及它在预览中的内容。</translation>
    </message>
    <message>
      <source>With the switch above on, sessions that you open on the page Launch or with “ccr code” have the line by themselves. They get it in a file of their own: the settings of Claude Code stay as they are.</source>
      <translation>打开上面的开关后，在“启动”页面或用“ccr code”打开的会话会自动带有此栏。它们通过自己的文件得到它：Claude Code 的设置保持不变。</translation>
    </message>
    <message>
      <source>Without icons, for any font.</source>
      <translation>没有图标，适合任何字体。</translation>
    </message>
    <message>
      <source>black</source>
      <translation>黑色</translation>
    </message>
    <message>
      <source>blue</source>
      <translation>蓝色</translation>
    </message>
    <message>
      <source>bright {color}</source>
      <translation>亮{color}</translation>
    </message>
    <message>
      <source>cyan</source>
      <translation>青色</translation>
    </message>
    <message>
      <source>gray</source>
      <translation>灰色</translation>
    </message>
    <message>
      <source>green</source>
      <translation>绿色</translation>
    </message>
    <message>
      <source>magenta</source>
      <translation>品红色</translation>
    </message>
    <message>
      <source>orange</source>
      <translation>橙色</translation>
    </message>
    <message>
      <source>purple</source>
      <translation>紫色</translation>
    </message>
    <message>
      <source>red</source>
      <translation>红色</translation>
    </message>
    <message>
      <source>white</source>
      <translation>白色</translation>
    </message>
    <message>
      <source>yellow</source>
      <translation>黄色</translation>
    </message>
    <message>
      <source>{color} on {background}</source>
      <translation>{background}底{color}字</translation>
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>Address of the router</source>
      <translation>路由器的地址</translation>
    </message>
    <message>
      <source>Choose folder…</source>
      <translation>选择文件夹…</translation>
    </message>
    <message>
      <source>Demo until the file is mended</source>
      <translation>演示：待设置文件修正</translation>
    </message>
    <message>
      <source>Demo: add a provider to get real answers</source>
      <translation>演示：添加提供商即可得到真正的回答</translation>
    </message>
    <message>
      <source>Did not start</source>
      <translation>没有启动</translation>
    </message>
    <message>
      <source>Launch</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Launch Claude Code</source>
      <translation>启动 Claude Code</translation>
    </message>
    <message>
      <source>Main: {model}</source>
      <translation>主模型：{model}</translation>
    </message>
    <message>
      <source>Main: {model} (backup)</source>
      <translation>主模型：{model}（备用）</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>关</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>运行中</translation>
    </message>
    <message>
      <source>Running on a backup</source>
      <translation>使用备用运行</translation>
    </message>
    <message>
      <source>Running with problems</source>
      <translation>运行中，有问题</translation>
    </message>
    <message>
      <source>Running, routing paused</source>
      <translation>运行中，路由已暂停</translation>
    </message>
    <message>
      <source>Running, routing paused until {time}</source>
      <translation>运行中，路由暂停至 {time}</translation>
    </message>
    <message>
      <source>Running, waiting for keys</source>
      <translation>运行中，正在等待密钥</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>正在启动</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stopped by itself</source>
      <translation>意外停止</translation>
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Checking…</source>
      <translation>正在检查…</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>Skipped</source>
      <translation>已跳过</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>等待中</translation>
    </message>
  </context>
  <context>
    <name>StepPresenter</name>
    <message>
      <source>Continue</source>
      <translation>继续</translation>
    </message>
  </context>
  <context>
    <name>SupportDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Save…</source>
      <translation>保存…</translation>
    </message>
    <message>
      <source>Support file</source>
      <translation>支持文件</translation>
    </message>
    <message>
      <source>The content of the file</source>
      <translation>文件的内容</translation>
    </message>
    <message>
      <source>This is all of it. Keys, conversations and words of your own are left out: what rules look for and say, options, headers, remarks and settings that nobody knows. Names of providers, models, rules and folders are kept, and addresses, so read it before you send it.</source>
      <translation>这就是全部。密钥、对话和你自己的文字已略去：规则查找和回复的内容、选项、请求头、备注，以及未知的设置。提供商、模型、规则和文件夹的名称以及地址会保留，因此发送之前请先阅读。</translation>
    </message>
  </context>
  <context>
    <name>Surroundings</name>
    <message>
      <source>A part was left as it is</source>
      <translation>有一部分保持原样</translation>
    </message>
    <message>
      <source>Another program has changed {names} since.</source>
      <translation>其他程序之后更改了 {names}。</translation>
    </message>
    <message>
      <source>Changing the settings of Claude Code</source>
      <translation>更改 Claude Code 的设置</translation>
    </message>
    <message>
      <source>Claude Code is found by itself</source>
      <translation>自动查找 Claude Code</translation>
    </message>
    <message>
      <source>Claude Code is {path}</source>
      <translation>Claude Code 是 {path}</translation>
    </message>
    <message>
      <source>Locating Claude Code</source>
      <translation>指定 Claude Code 的位置</translation>
    </message>
    <message>
      <source>Looking at the settings of Claude Code</source>
      <translation>查看 Claude Code 的设置</translation>
    </message>
    <message>
      <source>Looking for Claude Code</source>
      <translation>查找 Claude Code</translation>
    </message>
    <message>
      <source>Looking for terminals</source>
      <translation>查找终端</translation>
    </message>
    <message>
      <source>Opening it…</source>
      <translation>正在打开…</translation>
    </message>
    <message>
      <source>Status line off</source>
      <translation>状态栏已关闭</translation>
    </message>
    <message>
      <source>Status line on</source>
      <translation>状态栏已打开</translation>
    </message>
    <message>
      <source>Terminal: {name}</source>
      <translation>终端：{name}</translation>
    </message>
    <message>
      <source>Trying the terminal</source>
      <translation>试用终端</translation>
    </message>
    <message>
      <source>Where is Claude Code?</source>
      <translation>Claude Code 在哪里？</translation>
    </message>
    <message>
      <source>automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>{name} was started, but has run nothing. Choose another one.</source>
      <translation>{name} 已启动，但什么也没有运行。请选择另一个。</translation>
    </message>
    <message>
      <source>{name} works.</source>
      <translation>{name} 可用。</translation>
    </message>
  </context>
  <context>
    <name>SwitchRow</name>
    <message>
      <source>{title}: off</source>
      <translation>{title}：关</translation>
    </message>
    <message>
      <source>{title}: on</source>
      <translation>{title}：开</translation>
    </message>
  </context>
  <context>
    <name>Tabs</name>
    <message>
      <source>Parts of this page</source>
      <translation>此页面的各部分</translation>
    </message>
  </context>
  <context>
    <name>TakeDialog</name>
    <message>
      <source>A link can come from anybody. Compare the addresses with those of the provider, and take only what you expected.</source>
      <translation>链接可能来自任何人。请把地址与提供商的地址对照，只导入你预期的内容。</translation>
    </message>
    <message>
      <source>Another link came. It is shown once this is closed.</source>
      <translation>又收到一个链接。关闭此窗口后会显示它。</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>From {path}, which stays as it is.</source>
      <translation>来自 {path}，它保持不变。</translation>
    </message>
    <message>
      <source>From {path}. Take only what you expected to be in it.</source>
      <translation>来自 {path}。请只导入你预期其中会有的内容。</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>It goes to {place}, not into the settings file.</source>
      <translation>它存入{place}，而不是设置文件。</translation>
    </message>
    <message>
      <source>Key of {name}</source>
      <translation>{name} 的密钥</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Not taken over, and why</source>
      <translation>未导入的内容及原因</translation>
    </message>
    <message>
      <source>One more is here already, just so.</source>
      <translation>另有 1 项与现有设置完全相同。</translation>
    </message>
    <message>
      <source>Other settings</source>
      <translation>其他设置</translation>
    </message>
    <message>
      <source>Problems in it</source>
      <translation>其中的问题</translation>
    </message>
    <message>
      <source>Providers</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Routes</source>
      <translation>路由</translation>
    </message>
    <message>
      <source>Take over</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Take over 1 thing</source>
      <translation>导入 1 项</translation>
    </message>
    <message>
      <source>Take over {count} things</source>
      <translation>导入 {count} 项</translation>
    </message>
    <message>
      <source>There is no place for it yet.</source>
      <translation>它还没有可存放的地方。</translation>
    </message>
    <message>
      <source>There is nothing in it that could be taken.</source>
      <translation>其中没有可以导入的内容。</translation>
    </message>
    <message>
      <source>What could be taken from it is here already, just so.</source>
      <translation>其中可以导入的内容都已在这里，完全相同。</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>找到的内容</translation>
    </message>
    <message>
      <source>no address</source>
      <translation>没有地址</translation>
    </message>
    <message>
      <source>{address}, 1 model</source>
      <translation>{address}，1 个模型</translation>
    </message>
    <message>
      <source>{address}, {count} models</source>
      <translation>{address}，{count} 个模型</translation>
    </message>
    <message>
      <source>{count} more are here already, just so.</source>
      <translation>另有 {count} 项与现有设置完全相同。</translation>
    </message>
  </context>
  <context>
    <name>TerminalCard</name>
    <message>
      <source>A command of your own…</source>
      <translation>自定义命令…</translation>
    </message>
    <message>
      <source>Automatic: {name}</source>
      <translation>自动：{name}</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>No terminal was found here. Name a command of your own.</source>
      <translation>这里没有找到终端。请指定自己的命令。</translation>
    </message>
    <message>
      <source>Terminal</source>
      <translation>终端</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>The first one found</source>
      <translation>找到的第一个</translation>
    </message>
    <message>
      <source>Write {script} where the script belongs.</source>
      <translation>在应放脚本的位置写 {script}。</translation>
    </message>
    <message>
      <source>{name} (not found)</source>
      <translation>{name}（未找到）</translation>
    </message>
  </context>
  <context>
    <name>TextDraft</name>
    <message>
      <source>Keeping unsaved text</source>
      <translation>保留未保存的文本</translation>
    </message>
  </context>
  <context>
    <name>TextOffer</name>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>The file itself was changed since then.</source>
      <translation>此后文件本身也被更改过。</translation>
    </message>
    <message>
      <source>This text was changed and not saved, {when}.</source>
      <translation>此文本在 {when} 被更改，但未保存。</translation>
    </message>
  </context>
  <context>
    <name>TextPresenter</name>
    <message>
      <source>As in the file</source>
      <translation>与文件相同</translation>
    </message>
    <message>
      <source>Checking the text</source>
      <translation>检查文本</translation>
    </message>
    <message>
      <source>Edited the text</source>
      <translation>已编辑文本</translation>
    </message>
    <message>
      <source>Keep both</source>
      <translation>两者都保留</translation>
    </message>
    <message>
      <source>Keep my text</source>
      <translation>保留我的文本</translation>
    </message>
    <message>
      <source>Laying out the text</source>
      <translation>正在整理格式</translation>
    </message>
    <message>
      <source>Laying out the text…</source>
      <translation>正在整理格式…</translation>
    </message>
    <message>
      <source>Looking at the settings file</source>
      <translation>查看设置文件</translation>
    </message>
    <message>
      <source>Not saved yet</source>
      <translation>尚未保存</translation>
    </message>
    <message>
      <source>Not saved: the router can't use this text. {problem}</source>
      <translation>没有保存：路由器无法使用此文本。{problem}</translation>
    </message>
    <message>
      <source>Putting both texts together</source>
      <translation>合并两份文本</translation>
    </message>
    <message>
      <source>Saving the text</source>
      <translation>保存文本</translation>
    </message>
    <message>
      <source>Take the file's</source>
      <translation>采用文件中的</translation>
    </message>
    <message>
      <source>The file has characters that can't be edited here.</source>
      <translation>文件中有无法在此编辑的字符。</translation>
    </message>
    <message>
      <source>The file has more than {most} characters: edit it elsewhere.</source>
      <translation>文件超过 {most} 个字符：请在别处编辑。</translation>
    </message>
    <message>
      <source>The settings file can't be shown as text. {problem}</source>
      <translation>设置文件无法以文本显示。{problem}</translation>
    </message>
    <message>
      <source>The settings were changed elsewhere while this text was not saved. Nothing of either is lost until you choose.</source>
      <translation>在此文本尚未保存时，设置在别处已更改。在你选择之前，两边都不会丢失。</translation>
    </message>
    <message>
      <source>There is no file yet: saving makes {path}</source>
      <translation>还没有文件：保存时会创建 {path}</translation>
    </message>
    <message>
      <source>Where keys are kept</source>
      <translation>密钥的存放位置</translation>
    </message>
    <message>
      <source>{place}: a key stands here in clear text. It can be kept in the key store instead.</source>
      <translation>{place}：这里有明文密钥。可以改为保存在密钥库中。</translation>
    </message>
  </context>
  <context>
    <name>TextRow</name>
    <message>
      <source>as usual</source>
      <translation>照常</translation>
    </message>
  </context>
  <context>
    <name>TodayCard</name>
    <message>
      <source>1, which failed</source>
      <translation>1 个，已失败</translation>
    </message>
    <message>
      <source>Requests</source>
      <translation>请求</translation>
    </message>
    <message>
      <source>Since the app was started at {time}</source>
      <translation>自应用于 {time} 启动以来</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>今天</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>令牌</translation>
    </message>
    <message>
      <source>{all}, all of which failed</source>
      <translation>{all} 个，全部失败</translation>
    </message>
    <message>
      <source>{all}, {failed} of them failed</source>
      <translation>{all} 个，其中 {failed} 个失败</translation>
    </message>
    <message>
      <source>{into} in, {out} out, {cached} from the cache</source>
      <translation>输入 {into}，输出 {out}，来自缓存 {cached}</translation>
    </message>
  </context>
  <context>
    <name>TokensField</name>
    <message>
      <source> tokens</source>
      <translation> 令牌</translation>
    </message>
  </context>
  <context>
    <name>TransferPresenter</name>
    <message>
      <source>1 thing needs you:</source>
      <translation>有 1 项需要你处理：</translation>
    </message>
    <message>
      <source>All files</source>
      <translation>所有文件</translation>
    </message>
    <message>
      <source>Choosing a file</source>
      <translation>选择文件</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Export settings</source>
      <translation>导出设置</translation>
    </message>
    <message>
      <source>Exported to {path}, with the keys.</source>
      <translation>已导出到 {path}，含密钥。</translation>
    </message>
    <message>
      <source>Exported to {path}. There is no key in it.</source>
      <translation>已导出到 {path}。其中没有密钥。</translation>
    </message>
    <message>
      <source>Exporting</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Looking for settings of other programs</source>
      <translation>查找其他程序的设置</translation>
    </message>
    <message>
      <source>Nobody can tell it to you when you have forgotten it.</source>
      <translation>一旦忘记，无法找回。</translation>
    </message>
    <message>
      <source>Not in it, since they are not in the key store: {names}.</source>
      <translation>未包含以下密钥，因为密钥库中没有它们：{names}。</translation>
    </message>
    <message>
      <source>Passphrase for the keys in the file</source>
      <translation>文件中密钥的密码短语</translation>
    </message>
    <message>
      <source>Paste a link of CCR Desktop, CC Switch or CCR.</source>
      <translation>粘贴 CCR Desktop、CC Switch 或 CCR 的链接。</translation>
    </message>
    <message>
      <source>Settings ({names})</source>
      <translation>设置 ({names})</translation>
    </message>
    <message>
      <source>Settings to import</source>
      <translation>要导入的设置</translation>
    </message>
    <message>
      <source>That was too short.</source>
      <translation>太短了。</translation>
    </message>
    <message>
      <source>The link is in the clipboard. There is no key in it.</source>
      <translation>链接已在剪贴板中。其中没有密钥。</translation>
    </message>
    <message>
      <source>{count} characters or more.</source>
      <translation>{count} 个字符或更多。</translation>
    </message>
    <message>
      <source>{count} things need you:</source>
      <translation>有 {count} 项需要你处理：</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message>
      <source>1 hour</source>
      <translation>1 小时</translation>
    </message>
    <message>
      <source>1 thing needs attention</source>
      <translation>1 件事需要注意</translation>
    </message>
    <message>
      <source>15 minutes</source>
      <translation>15 分钟</translation>
    </message>
    <message>
      <source>A bar with a tray, such as Waybar, shows it.</source>
      <translation>带托盘的状态栏（例如 Waybar）会显示它。</translation>
    </message>
    <message>
      <source>A panel with a system tray shows it.</source>
      <translation>带系统托盘的面板会显示它。</translation>
    </message>
    <message>
      <source>Check everything…</source>
      <translation>全面检查…</translation>
    </message>
    <message>
      <source>Choose folder…</source>
      <translation>选择文件夹…</translation>
    </message>
    <message>
      <source>Launch Claude Code</source>
      <translation>启动 Claude Code</translation>
    </message>
    <message>
      <source>Look under the arrow at the clock; it can be dragged out.</source>
      <translation>请查看时钟旁的箭头；图标可以拖出来。</translation>
    </message>
    <message>
      <source>Main model</source>
      <translation>主模型</translation>
    </message>
    <message>
      <source>Main: {model}</source>
      <translation>主模型：{model}</translation>
    </message>
    <message>
      <source>Main: {model} (backup)</source>
      <translation>主模型：{model}（备用）</translation>
    </message>
    <message>
      <source>More…</source>
      <translation>更多…</translation>
    </message>
    <message>
      <source>New in {folder}</source>
      <translation>在 {folder} 中新建</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>关</translation>
    </message>
    <message>
      <source>On GNOME the extension “AppIndicator and KStatusNotifierItem Support” adds it.</source>
      <translation>在 GNOME 上，扩展“AppIndicator and KStatusNotifierItem Support”可添加托盘。</translation>
    </message>
    <message>
      <source>On Plasma add the widget “System Tray” to a panel.</source>
      <translation>在 Plasma 上，请将“系统托盘”小部件添加到面板。</translation>
    </message>
    <message>
      <source>On Xfce add “Status Tray Plugin” to the panel.</source>
      <translation>在 Xfce 上，请将“状态托盘插件”添加到面板。</translation>
    </message>
    <message>
      <source>On a backup model, {address}</source>
      <translation>使用备用模型，{address}</translation>
    </message>
    <message>
      <source>Open CCR Desktop</source>
      <translation>打开 CCR Desktop</translation>
    </message>
    <message>
      <source>Other items of the menu bar may have taken its room.</source>
      <translation>可能被菜单栏的其他项目占了位置。</translation>
    </message>
    <message>
      <source>Pause routing for</source>
      <translation>暂停路由</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Reopen this window from the list of applications.</source>
      <translation>可从应用程序列表重新打开此窗口。</translation>
    </message>
    <message>
      <source>Resume routing</source>
      <translation>恢复路由</translation>
    </message>
    <message>
      <source>Resume…</source>
      <translation>恢复会话…</translation>
    </message>
    <message>
      <source>Route set</source>
      <translation>路由组</translation>
    </message>
    <message>
      <source>Routing paused until {time}, on {address}</source>
      <translation>路由暂停至 {time}，地址 {address}</translation>
    </message>
    <message>
      <source>Routing paused, on {address}</source>
      <translation>路由已暂停，位于 {address}</translation>
    </message>
    <message>
      <source>Running on {address}</source>
      <translation>运行于 {address}</translation>
    </message>
    <message>
      <source>Running with problems on {address}</source>
      <translation>运行于 {address}，有问题</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>设置…</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>标准</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>重新启动</translation>
    </message>
    <message>
      <source>Starting…</source>
      <translation>正在启动…</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stopped by itself</source>
      <translation>意外停止</translation>
    </message>
    <message>
      <source>This desktop shows no tray icon.</source>
      <translation>此桌面不显示托盘图标。</translation>
    </message>
    <message>
      <source>Until I resume</source>
      <translation>直到我恢复</translation>
    </message>
    <message>
      <source>Waiting for your password store, on {address}</source>
      <translation>正在等待密码库，地址 {address}</translation>
    </message>
    <message>
      <source>{count} things need attention</source>
      <translation>{count} 件事需要注意</translation>
    </message>
  </context>
  <context>
    <name>TrialForm</name>
    <message>
      <source> tokens</source>
      <translation> 令牌</translation>
    </message>
    <message>
      <source>A helper agent</source>
      <translation>子智能体</translation>
    </message>
    <message>
      <source>As of now</source>
      <translation>按当前时间</translation>
    </message>
    <message>
      <source>As usual</source>
      <translation>照常</translation>
    </message>
    <message>
      <source>Choose the folder</source>
      <translation>选择文件夹</translation>
    </message>
    <message>
      <source>Effort: high</source>
      <translation>推理强度：高</translation>
    </message>
    <message>
      <source>Effort: highest</source>
      <translation>推理强度：最高</translation>
    </message>
    <message>
      <source>Effort: low</source>
      <translation>推理强度：低</translation>
    </message>
    <message>
      <source>Effort: medium</source>
      <translation>推理强度：中</translation>
    </message>
    <message>
      <source>Effort: very high</source>
      <translation>推理强度：很高</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Forget the past request: ask what the fields say, at the present time</source>
      <translation>不再参照过去的请求：按各字段的内容，在当前时间询问</translation>
    </message>
    <message>
      <source>Like a past request…</source>
      <translation>仿照过去的请求…</translation>
    </message>
    <message>
      <source>Main conversation</source>
      <translation>主对话</translation>
    </message>
    <message>
      <source>Model that is asked for</source>
      <translation>请求的模型</translation>
    </message>
    <message>
      <source>Not known</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>Paste or type what would be asked</source>
      <translation>粘贴或输入要发送的内容</translation>
    </message>
    <message>
      <source>Plan mode</source>
      <translation>计划模式</translation>
    </message>
    <message>
      <source>Size at least</source>
      <translation>大小至少</translation>
    </message>
    <message>
      <source>Text of the request</source>
      <translation>请求的文字</translation>
    </message>
    <message>
      <source>That of the text</source>
      <translation>按文字计算</translation>
    </message>
    <message>
      <source>Thinking</source>
      <translation>思考</translation>
    </message>
    <message>
      <source>What Claude Code asks for</source>
      <translation>Claude Code 请求的内容</translation>
    </message>
    <message>
      <source>Who asks</source>
      <translation>谁在请求</translation>
    </message>
    <message>
      <source>With a picture</source>
      <translation>带图片</translation>
    </message>
    <message>
      <source>With web search</source>
      <translation>带网页搜索</translation>
    </message>
    <message>
      <source>“ultrathink”</source>
      <translation>“ultrathink”</translation>
    </message>
  </context>
  <context>
    <name>TrialPresenter</name>
    <message>
      <source>As at {time}: its time of day, model and folder. It was refused before more was kept of it: conditions about the rest are marked “not known”.</source>
      <translation>与 {time} 的请求相同：时刻、模型和文件夹。它在保留更多内容之前就被拒绝了：关于其余部分的条件标为“未知”。</translation>
    </message>
    <message>
      <source>As at {time}: its time of day, model, size, folder, tools, thinking and streaming. What was said, headers and other members are not kept: conditions about them are marked “not known” until you type the text above.</source>
      <translation>与 {time} 的请求相同：时刻、模型、大小、文件夹、工具、思考和流式。对话内容、标头和其他字段没有保留：在你于上方输入文本之前，关于它们的条件标为“未知”。</translation>
    </message>
    <message>
      <source>Choosing a folder</source>
      <translation>选择文件夹</translation>
    </message>
    <message>
      <source>Folder that is worked in</source>
      <translation>工作所在的文件夹</translation>
    </message>
    <message>
      <source>Nothing has passed through since this app was started.</source>
      <translation>自此应用启动以来还没有请求经过。</translation>
    </message>
    <message>
      <source>Trying it out</source>
      <translation>正在试运行</translation>
    </message>
  </context>
  <context>
    <name>Troubles</name>
    <message>
      <source> ({count} more)</source>
      <translation>（另有 {count} 个）</translation>
    </message>
    <message>
      <source>A change from this window writes the file anew: of such settings with the last one only, and without comments. The file as it is now is kept among the earlier versions.</source>
      <translation>在此窗口中更改会重新写入文件：重复的设置只保留最后一项，注释也不保留。现在的文件会保存在历史版本中。</translation>
    </message>
    <message>
      <source>A command or another program changed the settings file since the last change from this window. That comes first. Redo brings it back.</source>
      <translation>自此窗口上次更改以来，有命令或其他程序更改了设置文件。要先撤销该更改。可用“重做”恢复。</translation>
    </message>
    <message>
      <source>A command or another program changed the settings file since the undo. Redo puts the file of before the undo in its place. Undo brings it back.</source>
      <translation>撤销之后，有命令或其他程序更改了设置文件。重做会用撤销之前的文件替换它。再次撤销可以恢复它。</translation>
    </message>
    <message>
      <source>A setting is in your settings file twice</source>
      <translation>设置文件中有一项设置出现了两次</translation>
    </message>
    <message>
      <source>An older copy of the router is still running. Close it and start again?</source>
      <translation>旧版本的路由器仍在运行。关闭它并重新启动？</translation>
    </message>
    <message>
      <source>Change it anyway</source>
      <translation>仍然更改</translation>
    </message>
    <message>
      <source>Changed elsewhere</source>
      <translation>在别处更改</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Close and start</source>
      <translation>关闭并启动</translation>
    </message>
    <message>
      <source>Looking for a free port</source>
      <translation>查找空闲端口</translation>
    </message>
    <message>
      <source>Port {port} is used by {program}. Use {free} instead?</source>
      <translation>端口 {port} 被 {program} 占用。改用 {free}？</translation>
    </message>
    <message>
      <source>Replace it</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replace what was changed elsewhere?</source>
      <translation>替换在别处所做的更改？</translation>
    </message>
    <message>
      <source>Restart the router</source>
      <translation>重启路由器</translation>
    </message>
    <message>
      <source>Restore the last good version</source>
      <translation>恢复上一个可用版本</translation>
    </message>
    <message>
      <source>Restored the last good settings</source>
      <translation>已恢复上一个可用的设置</translation>
    </message>
    <message>
      <source>Show the problem</source>
      <translation>显示问题</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>重新启动</translation>
    </message>
    <message>
      <source>Starting the router</source>
      <translation>启动路由器</translation>
    </message>
    <message>
      <source>Take back what was changed elsewhere?</source>
      <translation>撤销在别处所做的更改？</translation>
    </message>
    <message>
      <source>Take it back</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>The router still listens on {address}. With a restart the new one counts.</source>
      <translation>路由器仍在 {address} 上监听。重启后使用新的地址。</translation>
    </message>
    <message>
      <source>The settings file can't be used: {problem} {rest}</source>
      <translation>无法使用设置文件：{problem}{rest}</translation>
    </message>
    <message>
      <source>The settings file was deleted or moved, and that of claude-code-router can't be used: {problem} {rest}</source>
      <translation>设置文件已被删除或移走，而 claude-code-router 的设置文件无法使用：{problem} {rest}</translation>
    </message>
    <message>
      <source>The settings file was deleted or moved. The built-in settings count now.</source>
      <translation>设置文件已被删除或移走。现在使用内置设置。</translation>
    </message>
    <message>
      <source>The settings file was deleted or moved. Those of claude-code-router count now.</source>
      <translation>设置文件已被删除或移走。现在使用 claude-code-router 的设置。</translation>
    </message>
    <message>
      <source>Use {port}</source>
      <translation>使用 {port}</translation>
    </message>
    <message>
      <source>another program</source>
      <translation>其他程序</translation>
    </message>
  </context>
  <context>
    <name>TryIt</name>
    <message>
      <source>An ordinary request: {answer}</source>
      <translation>普通请求：{answer}</translation>
    </message>
    <message>
      <source>The request in it: {answer}</source>
      <translation>其中填写的请求：{answer}</translation>
    </message>
    <message>
      <source>Try it</source>
      <translation>试一试</translation>
    </message>
    <message>
      <source>Which model would answer, and why. Nothing is sent.</source>
      <translation>会由哪个模型处理，以及原因。不会发送任何内容。</translation>
    </message>
  </context>
  <context>
    <name>UndoToast</name>
    <message>
      <source>&amp;Undo</source>
      <translation>撤销(&amp;U)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>UpdateDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Download</source>
      <translation>下载</translation>
    </message>
    <message>
      <source>Install</source>
      <translation>安装</translation>
    </message>
    <message>
      <source>It was downloaded and verified. Install it with this command:</source>
      <translation>已下载并通过验证。请用此命令安装：</translation>
    </message>
    <message>
      <source>It was downloaded and verified. To install it the app ends; running requests are asked about first.</source>
      <translation>已下载并通过验证。安装时应用会结束；如有请求正在运行，会先询问你。</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>稍后</translation>
    </message>
    <message>
      <source>New version</source>
      <translation>新版本</translation>
    </message>
    <message>
      <source>Open the package</source>
      <translation>打开软件包</translation>
    </message>
    <message>
      <source>Page of the release</source>
      <translation>发布页面</translation>
    </message>
    <message>
      <source>Quit and install</source>
      <translation>退出并安装</translation>
    </message>
    <message>
      <source>Skip this version</source>
      <translation>跳过此版本</translation>
    </message>
    <message>
      <source>The program that installed CCR Desktop brings it up to date:</source>
      <translation>请用当初安装 CCR Desktop 的程序来更新：</translation>
    </message>
    <message>
      <source>This build knows no key that new versions are signed with, so that it downloads none. Get it from the page of the release.</source>
      <translation>此构建不认识任何用于签名新版本的密钥，因此不会下载。请从发布页面获取。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Version {version} is there</source>
      <translation>有新版本 {version}</translation>
    </message>
    <message>
      <source>You have version {version}.</source>
      <translation>你使用的是版本 {version}。</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} / {total}</translation>
    </message>
  </context>
  <context>
    <name>UpdateWatch</name>
    <message>
      <source>Looking for a new version</source>
      <translation>正在检查更新</translation>
    </message>
  </context>
  <context>
    <name>Updating</name>
    <message>
      <source>Installing the new version</source>
      <translation>正在安装新版本</translation>
    </message>
  </context>
  <context>
    <name>VariableDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Environment variable with the key</source>
      <translation>存放密钥的环境变量</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>The key is read from this variable when the app starts.</source>
      <translation>应用启动时从此变量读取密钥。</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>使用它</translation>
    </message>
  </context>
  <context>
    <name>WaysOut</name>
    <message>
      <source>Enter the passphrase of the protected file.</source>
      <translation>请输入受保护文件的密码短语。</translation>
    </message>
    <message>
      <source>How to add a password store</source>
      <translation>如何添加密码库</translation>
    </message>
    <message>
      <source>It is kept under another name, and the keys in it can't be used meanwhile. Keys that you enter from now on go into your system's password store.</source>
      <translation>它会以另一个名称保留，其中的密钥在此期间不能使用。今后输入的密钥会存入系统的密码库。</translation>
    </message>
    <message>
      <source>Set aside</source>
      <translation>搁置</translation>
    </message>
    <message>
      <source>Set the protected file aside?</source>
      <translation>搁置受保护的文件？</translation>
    </message>
  </context>
  <context>
    <name>Welcome</name>
    <message>
      <source>Continue</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Looking for what is there</source>
      <translation>正在查找已有的设置</translation>
    </message>
    <message>
      <source>Take over</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Taking over what was found</source>
      <translation>导入找到的内容</translation>
    </message>
    <message>
      <source>Took over what was found</source>
      <translation>已导入找到的内容</translation>
    </message>
  </context>
  <context>
    <name>WelcomeView</name>
    <message>
      <source>Claude Code in a folder of yours, for a first answer.</source>
      <translation>在你的文件夹中启动 Claude Code，得到第一个回答。</translation>
    </message>
    <message>
      <source>Found on this computer</source>
      <translation>在这台电脑上找到</translation>
    </message>
    <message>
      <source>From the provider's site. It is tested, and kept on this computer.</source>
      <translation>从提供商网站获取。密钥会先经过测试，并保存在这台电脑上。</translation>
    </message>
    <message>
      <source>In a few minutes Claude Code works with the models that you choose. Nothing is written before you agree, and each step can be skipped.</source>
      <translation>几分钟后，Claude Code 就能使用你选择的模型。在你同意之前不会写入任何内容，每一步都可以跳过。</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Launch</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Looking for what you have already…</source>
      <translation>正在查找你已有的内容…</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Needs you, when you have time</source>
      <translation>有空时需要你处理</translation>
    </message>
    <message>
      <source>Nothing was found on this computer that could be taken over.</source>
      <translation>在这台电脑上没有找到可以导入的内容。</translation>
    </message>
    <message>
      <source>Provider</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Settings of other programs</source>
      <translation>其他程序的设置</translation>
    </message>
    <message>
      <source>What comes now</source>
      <translation>接下来的步骤</translation>
    </message>
    <message>
      <source>What is ticked is taken over. The old settings stay as they are.</source>
      <translation>将导入勾选的内容。旧设置保持原样。</translation>
    </message>
    <message>
      <source>Which one does the main work, and which small jobs.</source>
      <translation>哪个模型做主要工作，哪个做小任务。</translation>
    </message>
    <message>
      <source>Who answers: a service such as DeepSeek, or a model on this computer.</source>
      <translation>由谁回答：DeepSeek 之类的服务，或这台电脑上的模型。</translation>
    </message>
    <message>
      <source>You see all that is in them, and take what you want.</source>
      <translation>你会看到其中的全部内容，并导入你想要的。</translation>
    </message>
  </context>
  <context>
    <name>Window</name>
    <message>
      <source>Nothing to continue in {folder} yet: a new session begins</source>
      <translation>{folder} 中还没有可以继续的会话：已开始新会话</translation>
    </message>
  </context>
  <context>
    <name>Wizard</name>
    <message>
      <source>1 model</source>
      <translation>1 个模型</translation>
    </message>
    <message>
      <source>1 needs you</source>
      <translation>1 项需要你处理</translation>
    </message>
    <message>
      <source>1 thing taken over</source>
      <translation>已导入 1 项</translation>
    </message>
    <message>
      <source>A plan works with the sign-in of Claude Code itself, which goes straight to Anthropic: no router can use it. Your usual “claude” stays as it is and goes on using the plan; what you launch from here uses the models that you choose. To have Claude's models here, too, continue with a key of Anthropic's API, which costs by use.</source>
      <translation>订阅套餐依靠 Claude Code 自身的登录，直接连接 Anthropic，任何路由器都无法使用它。你平常的“claude”保持不变，继续使用该套餐；从这里启动的则使用你选择的模型。若要在这里也使用 Claude 的模型，请使用 Anthropic API 密钥继续，按用量计费。</translation>
    </message>
    <message>
      <source>A provider, or a server in your network, that is not in this list.</source>
      <translation>不在此列表中的提供商，或你网络中的服务器。</translation>
    </message>
    <message>
      <source>A small, quick one, by its name.</source>
      <translation>从名称看是小而快的模型。</translation>
    </message>
    <message>
      <source>A subscription: Pro, Max, Team or Enterprise. How the two go together.</source>
      <translation>订阅：Pro、Max、Team 或 Enterprise。了解两者如何配合使用。</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Close, and go on later</source>
      <translation>关闭，以后继续</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Found here</source>
      <translation>在这里找到</translation>
    </message>
    <message>
      <source>Holds {size} tokens, more than the others.</source>
      <translation>上下文窗口为 {size} 令牌，大于其他模型。</translation>
    </message>
    <message>
      <source>I already pay for Claude</source>
      <translation>我已订阅 Claude</translation>
    </message>
    <message>
      <source>In your settings of claude-code-router</source>
      <translation>在你的 claude-code-router 设置中</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Keys in your environment</source>
      <translation>在你的环境变量中的密钥</translation>
    </message>
    <message>
      <source>Keys stand in clear text in the settings. On the page Settings, Keys, they can be moved to a safer place.</source>
      <translation>设置中有明文密钥。可在“设置”页面的“密钥”中把它们移到更安全的地方。</translation>
    </message>
    <message>
      <source>Launch</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>Main model: {model}</source>
      <translation>主模型：{model}</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Needs a key. Costs by use.</source>
      <translation>需要密钥。按用量计费。</translation>
    </message>
    <message>
      <source>Needs a key. One account for models of many makers; costs by use.</source>
      <translation>需要密钥。一个账户可用多家厂商的模型；按用量计费。</translation>
    </message>
    <message>
      <source>Needs a plan with a fixed price a month, and its key.</source>
      <translation>需要按月固定价格的套餐及其密钥。</translation>
    </message>
    <message>
      <source>Needs no key.</source>
      <translation>不需要密钥。</translation>
    </message>
    <message>
      <source>Other address</source>
      <translation>其他地址</translation>
    </message>
    <message>
      <source>Provider</source>
      <translation>提供商</translation>
    </message>
    <message>
      <source>Running on this computer</source>
      <translation>在这台电脑上运行</translation>
    </message>
    <message>
      <source>Runs on this computer. Needs no key and costs nothing.</source>
      <translation>在这台电脑上运行。不需要密钥，也不收费。</translation>
    </message>
    <message>
      <source>Set up CCR Desktop</source>
      <translation>设置 CCR Desktop</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>跳过</translation>
    </message>
    <message>
      <source>Step {number} of {count}: {name}</source>
      <translation>第 {number} 步，共 {count} 步：{name}</translation>
    </message>
    <message>
      <source>The first one that {vendor} lists and that fits, by its name.</source>
      <translation>按名称判断，{vendor} 列表中第一个合适的。</translation>
    </message>
    <message>
      <source>The first one that {vendor} lists.</source>
      <translation>{vendor} 列出的第一个。</translation>
    </message>
    <message>
      <source>The only one that {vendor} has.</source>
      <translation>{vendor} 唯一的模型。</translation>
    </message>
    <message>
      <source>The same as for the main work.</source>
      <translation>与主要工作相同。</translation>
    </message>
    <message>
      <source>The same as for the main work: it holds {size} tokens.</source>
      <translation>与主要工作相同：上下文窗口为 {size} 令牌。</translation>
    </message>
    <message>
      <source>The usual choice at {vendor}.</source>
      <translation>{vendor} 的常用选择。</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>欢迎</translation>
    </message>
    <message>
      <source>What is set up already</source>
      <translation>已有的设置</translation>
    </message>
    <message>
      <source>keys, which are in {place} now</source>
      <translation>密钥，现已存入{place}</translation>
    </message>
    <message>
      <source>the key of {provider}</source>
      <translation>{provider} 的密钥</translation>
    </message>
    <message>
      <source>{count} models</source>
      <translation>{count} 个模型</translation>
    </message>
    <message>
      <source>{count} need you</source>
      <translation>{count} 项需要你处理</translation>
    </message>
    <message>
      <source>{count} things taken over</source>
      <translation>已导入 {count} 项</translation>
    </message>
  </context>
  <context>
    <name>WizardPresenter</name>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Finish without</source>
      <translation>跳过并完成</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>跳过</translation>
    </message>
  </context>
  <context>
    <name>Work</name>
    <message>
      <source>Background jobs</source>
      <translation>后台任务</translation>
    </message>
    <message>
      <source>Chosen by name</source>
      <translation>按名称选择</translation>
    </message>
    <message>
      <source>Helper agent by name</source>
      <translation>按名称指定的子智能体</translation>
    </message>
    <message>
      <source>Helper agents</source>
      <translation>子智能体</translation>
    </message>
    <message>
      <source>Long conversations</source>
      <translation>长对话</translation>
    </message>
    <message>
      <source>Main work</source>
      <translation>主要工作</translation>
    </message>
    <message>
      <source>Memory size</source>
      <translation>上下文窗口</translation>
    </message>
    <message>
      <source>Model named by a helper agent</source>
      <translation>子智能体指定的模型</translation>
    </message>
    <message>
      <source>Not decided</source>
      <translation>未决定</translation>
    </message>
    <message>
      <source>Own router</source>
      <translation>自定义路由器</translation>
    </message>
    <message>
      <source>Own rule</source>
      <translation>自定义规则</translation>
    </message>
    <message>
      <source>Pause of the routing</source>
      <translation>路由暂停</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Rule “{name}”</source>
      <translation>规则“{name}”</translation>
    </message>
    <message>
      <source>Settings of the project</source>
      <translation>项目的设置</translation>
    </message>
    <message>
      <source>Settings of the session</source>
      <translation>会话的设置</translation>
    </message>
    <message>
      <source>Switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>Thinking</source>
      <translation>思考</translation>
    </message>
    <message>
      <source>Web search</source>
      <translation>网页搜索</translation>
    </message>
  </context>
  <context>
    <name>_Line</name>
    <message>
      <source>Ignore for a week</source>
      <translation>忽略一周</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>上移</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
  </context>
  <context>
    <name>_Panel</name>
    <message>
      <source>The decision</source>
      <translation>决定</translation>
    </message>
    <message>
      <source>The request</source>
      <translation>请求</translation>
    </message>
  </context>
  <context>
    <name>_Step</name>
    <message>
      <source>not known</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>passed over</source>
      <translation>未匹配</translation>
    </message>
    <message>
      <source>takes it</source>
      <translation>匹配</translation>
    </message>
  </context>
  <context>
    <name>_StepLine</name>
    <message>
      <source>done</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>to do</source>
      <translation>待办</translation>
    </message>
  </context>
</TS>
