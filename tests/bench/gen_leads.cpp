// Writes a believable leads export to standard output: gen_leads ROWS > leads.csv. The same bytes on every machine; the first rows do not
// depend on ROWS. 19 columns, ISO date-times; company names with commas, doubled quotes, line breaks and letters beyond ASCII.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

/// splitmix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32); }
  bool chance(std::uint32_t per_mille) { return below(1000) < per_mille; }
  template <class T, std::size_t n>
  const T& pick(const std::array<T, n>& items) { return items[below(n)]; }

 private:
  std::uint64_t state_ = 20240101;
};

/// Share of leads, then the chances to become MQL, SAL, SQL, opportunity, closed and won (per mille), and a typical deal in euros.
struct Channel {
  const char* name;
  std::uint32_t share;
  std::array<std::uint32_t, 5> pass;
  std::uint32_t win, deal;
};
constexpr std::array<Channel, 12> kChannels = {{
    {"Organic Search", 190, {520, 770, 690, 730, 800}, 340, 17000}, {"Paid Search", 170, {470, 710, 630, 690, 790}, 300, 15000},
    {"Paid Social", 130, {420, 640, 550, 650, 770}, 240, 22000},    {"Email", 110, {410, 680, 590, 660, 800}, 280, 12000},
    {"Direct", 90, {450, 720, 640, 700, 800}, 330, 14000},          {"Webinar", 80, {550, 730, 630, 690, 790}, 280, 19000},
    {"Events", 60, {600, 750, 670, 710, 810}, 310, 27000},          {"Referral", 55, {670, 820, 770, 790, 840}, 420, 25000},
    {"Content Syndication", 45, {310, 530, 440, 570, 750}, 180, 16000}, {"Partner", 35, {630, 790, 730, 770, 830}, 390, 30000},
    {"Outbound", 25, {370, 600, 520, 630, 780}, 220, 29000},        {"Display", 10, {230, 490, 400, 530, 750}, 150, 9000},
}};
constexpr std::array<const char*, 6> kStages = {"Lead", "MQL", "SAL", "SQL", "Opportunity", "Closed Lost"};
constexpr std::array<const char*, 16> kFirst = {"Alder", "Borg", "Castell", "Dahl", "Elbe", "Falk", "Gruber", "Holm", "Iversen", "Jansen", "Kessel", "Lind", "Nord", "Quint", "Rhein", "Tarn"};
constexpr std::array<const char*, 16> kSecond = {"Systems", "Foods", "Motors", "Pumps", "Analytics", "Logistics", "Steel", "Energy", "Media", "Labs", "Robotics", "Health", "Capital", "Packaging", "Software", "Networks"};
constexpr std::array<const char*, 5> kForms = {"", " GmbH", " Ltd", " BV", " AS"};
constexpr std::array<const char*, 8> kFar = {"M\u00fcller & S\u00f6hne KG", "\u00c9lectricit\u00e9 du Rh\u00f4ne", "\u00deorri ehf.", "\u041e\u041e\u041e \u0420\u043e\u043c\u0430\u0448\u043a\u0430",
                                             "\u5317\u4eac\u4e91\u79d1\u6280", "\u0634\u0631\u0643\u0629 \u0627\u0644\u0623\u0641\u0642", "\u0141\u00f3d\u017a Tools", "\u00d1and\u00fa SA"};
constexpr std::array<const char*, 20> kPeople = {"anna.berg", "john.smith", "maria.rossi", "peter.kim", "olga.petrova", "ivan.dubois", "li.wang", "fatima.ali", "sara.lopez", "jon.olsen",
                                                 "lena.fischer", "max.weber", "nina.novak", "tom.brown", "kate.jones", "raj.patel", "carlos.silva", "emma.martin", "leo.costa", "eva.lund"};
constexpr std::array<const char*, 20> kCountries = {"DE", "NL", "FR", "SE", "IS", "PL", "IT", "ES", "US", "GB", "CA", "IN", "CN", "JP", "BR", "AE", "SG", "AU", "KR", "ZA"};
constexpr std::array<const char*, 10> kThemes = {"brand", "demo", "guide", "trial", "retarget", "newsletter", "launch", "roi-calc", "case-study", "fair"};
constexpr std::array<const char*, 16> kOwners = {"a.fox", "b.lee", "c.diaz", "d.kane", "e.moss", "f.ray", "g.hart", "h.bond", "i.shaw", "j.york", "k.nash", "l.cole", "m.dunn", "n.ford", "o.gray", "p.hale"};

void add_number(std::string& out, std::uint64_t value) { out += std::to_string(value); }

void add_two(std::string& out, unsigned value) {
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

void add_time(std::string& out, std::int64_t seconds) {
  const std::chrono::sys_days day{std::chrono::days{seconds / 86400}};
  const std::chrono::year_month_day date{day};
  const auto rest = static_cast<unsigned>(seconds % 86400);
  add_number(out, static_cast<std::uint64_t>(static_cast<int>(date.year())));
  out += '-';
  add_two(out, static_cast<unsigned>(date.month()));
  out += '-';
  add_two(out, static_cast<unsigned>(date.day()));
  out += 'T';
  add_two(out, rest / 3600);
  out += ':';
  add_two(out, rest / 60 % 60);
  out += ':';
  add_two(out, rest % 60);
  out += 'Z';
}

void add_company(std::string& out, Random& random, const char* first, const char* second) {
  const std::uint32_t kind = random.below(1000);
  out += '"';
  if (kind < 80) {
    out += random.pick(kFar);
  } else if (kind < 130) {
    out.append(first).append(" ").append(second).append(", Inc.");
  } else if (kind < 145) {
    out.append(first).append(" \"\"").append(second).append("\"\" Group");
  } else if (kind < 150) {
    out.append(first).append("\n").append(second).append(", Branch Office");
  } else {
    out.append(first).append(" ").append(second).append(random.pick(kForms));
  }
  out += "\",";
}

void add_row(std::string& out, Random& random, std::uint64_t number) {
  std::size_t c = 0;
  for (std::uint32_t rest = random.below(1000); c + 1 < kChannels.size() && rest >= kChannels[c].share; ++c) rest -= kChannels[c].share;
  const Channel& channel = kChannels[c];
  out += "L-";
  add_number(out, 10000000 + number);
  out += ',';
  const char* first = random.pick(kFirst);
  const char* second = random.pick(kSecond);
  out += random.pick(kPeople);
  add_number(out, random.below(100));
  out.append("@").append(first).append(second).append(random.chance(700) ? ".com," : ".example,");
  add_company(out, random, first, second);
  out.append(random.pick(kCountries)).append(",").append(channel.name).append(",");
  const std::uint32_t campaign = random.below(17) * 12 + static_cast<std::uint32_t>(c);
  add_number(out, 2022 + campaign % 3);
  out.append("-Q");
  add_number(out, 1 + campaign / 3 % 4);
  out.append(" ").append(kThemes[campaign % kThemes.size()]).append(" ");
  add_number(out, 100 + campaign);
  out += ',';
  std::int64_t time = 1640995200 + static_cast<std::int64_t>(random.next() % (1096ULL * 86400));  // 2022-01-01 to 2024-12-31
  add_time(out, time);
  out += ',';
  std::size_t stage = 0;
  while (stage < 5 && random.chance(channel.pass[stage])) ++stage;
  constexpr std::array<std::uint32_t, 5> kDays = {9, 9, 9, 21, 90};
  for (std::size_t i = 0; i < 5; ++i) {
    if (i < stage) {
      time += 600 + random.below(kDays[i] * 86400);
      add_time(out, time);
    }
    out += ',';
  }
  const bool is_won = stage == 5 && random.chance(channel.win);
  out.append(is_won ? "Closed Won" : kStages[stage]).append(",");
  out.append(stage < 5 ? "" : is_won ? "true" : "false").append(",");
  if (is_won) {
    const std::uint32_t cents = channel.deal * 30 + random.below(channel.deal * 140);
    add_number(out, cents / 100);
    out += '.';
    add_two(out, cents % 100);
  }
  out += ',';
  add_number(out, random.below(101));
  out.append(",").append(random.pick(kOwners)).append(",ad-");
  add_number(out, random.below(5000));
  out += ',';
  const std::uint32_t note = random.below(1000);
  if (note < 140) out += note < 60 ? "\"Called twice, asked for pricing\"" : note < 75 ? "\"Said \"\"not now\"\"; retry in Q3\"" : "Requested demo";
  out += '\n';
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100000;
  Random random;
  std::string out =
      "lead_id,email,company,country,channel,campaign,created_at,mql_at,sal_at,sql_at,opportunity_at,closed_at,stage,won,amount,lead_score,owner,"
      "utm_content,notes\n";
  for (std::uint64_t row = 0; row < rows; ++row) {
    add_row(out, random, row);
    if (out.size() > (1U << 20)) {
      std::fwrite(out.data(), 1, out.size(), stdout);
      out.clear();
    }
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  return 0;
}
