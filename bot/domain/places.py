"""Places that people name when asked where they live, as tables. Kept by hand: it needs no code to add a city.

IANA names, CLDR's cities and the countries are not here: `zones` reads those from their packages.
"""

LEADING = """
America/New_York New York, Europe/London London, Europe/Berlin Berlin, Asia/Kolkata Mumbai,
America/Los_Angeles Los Angeles, America/Chicago Chicago, America/Denver Denver, America/Toronto Toronto,
Australia/Sydney Sydney, Europe/Paris Paris, Asia/Shanghai Beijing, America/Sao_Paulo São Paulo,
Europe/Moscow Moscow, Asia/Tokyo Tokyo, Africa/Lagos Lagos, Africa/Johannesburg Johannesburg, Asia/Dubai Dubai,
Asia/Singapore Singapore, Asia/Manila Manila, Asia/Jakarta Jakarta, Europe/Dublin Dublin, Europe/Madrid Madrid,
Europe/Rome Rome, Europe/Istanbul Istanbul, Africa/Cairo Cairo, Africa/Nairobi Nairobi, Asia/Karachi Karachi,
Asia/Dhaka Dhaka, America/Mexico_City Mexico City, America/Bogota Bogotá, America/Argentina/Buenos_Aires Buenos Aires,
America/Lima Lima, America/Santiago Santiago, America/Caracas Caracas, America/Phoenix Phoenix,
America/Vancouver Vancouver, America/Edmonton Calgary, America/Winnipeg Winnipeg, America/Halifax Halifax,
America/St_Johns St. John’s, America/Anchorage Anchorage, Pacific/Honolulu Honolulu, Pacific/Auckland Auckland,
Australia/Brisbane Brisbane, Australia/Perth Perth, Australia/Adelaide Adelaide, Australia/Darwin Darwin,
Europe/Kyiv Kyiv, Europe/Athens Athens, Europe/Lisbon Lisbon, Europe/Warsaw Warsaw, Europe/Amsterdam Amsterdam,
Europe/Bucharest Bucharest, Europe/Helsinki Helsinki, Europe/Stockholm Stockholm, Asia/Jerusalem Jerusalem,
Asia/Riyadh Riyadh, Asia/Tehran Tehran, Asia/Baghdad Baghdad, Asia/Seoul Seoul, Asia/Hong_Kong Hong Kong,
Asia/Bangkok Bangkok, Asia/Ho_Chi_Minh Ho Chi Minh City, Asia/Kuala_Lumpur Kuala Lumpur, Asia/Kathmandu Kathmandu,
Asia/Colombo Colombo, Asia/Yangon Yangon, Asia/Kabul Kabul, Asia/Tashkent Tashkent, Asia/Almaty Almaty,
Asia/Yekaterinburg Yekaterinburg, Asia/Omsk Omsk, Asia/Novosibirsk Novosibirsk, Asia/Irkutsk Irkutsk,
Asia/Yakutsk Yakutsk, Asia/Vladivostok Vladivostok, Asia/Magadan Magadan, Asia/Kamchatka Kamchatka,
Africa/Casablanca Casablanca, Africa/Accra Accra, Africa/Abidjan Abidjan, Africa/Algiers Algiers,
Africa/Khartoum Khartoum, Africa/Tripoli Tripoli, Africa/Addis_Ababa Addis Ababa, Atlantic/Reykjavik Reykjavik,
Asia/Beirut Beirut, Asia/Gaza Gaza, Asia/Tbilisi Tbilisi, America/Havana Havana, America/Jamaica Kingston,
America/Panama Panama, America/Puerto_Rico San Juan, America/Santo_Domingo Santo Domingo, America/La_Paz La Paz,
America/Asuncion Asunción, America/Montevideo Montevideo, America/Guatemala Guatemala, America/Costa_Rica San José,
America/Manaus Manaus, America/Nuuk Nuuk, America/Noronha Noronha, America/Miquelon Miquelon, Atlantic/Azores Azores,
Atlantic/Cape_Verde Cape Verde, Atlantic/Canary Las Palmas, Pacific/Port_Moresby Port Moresby, Pacific/Guam Guam,
Pacific/Noumea Nouméa, Pacific/Fiji Fiji, Pacific/Tongatapu Tonga, Pacific/Apia Apia, Pacific/Pago_Pago Pago Pago,
Pacific/Tahiti Tahiti, Pacific/Marquesas Marquesas, Pacific/Gambier Gambier, Pacific/Pitcairn Pitcairn,
Pacific/Galapagos Galápagos, Pacific/Easter Easter Island, Pacific/Chatham Chatham Islands,
Pacific/Kiritimati Kiritimati, Pacific/Norfolk Norfolk Island, Australia/Lord_Howe Lord Howe Island,
Australia/Eucla Eucla, America/Adak Adak
"""
"""One well-known city a zone, the most likely first: of each offset on earth and of the countries with most people."""

COUNTRIES = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney Australia/Brisbane Australia/Perth Australia/Adelaide Australia/Darwin",
    "BR": "America/Sao_Paulo America/Manaus America/Rio_Branco America/Noronha",
    "CA": "America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/St_Johns",
    "CD": "Africa/Kinshasa Africa/Lubumbashi",
    "CL": "America/Santiago America/Punta_Arenas Pacific/Easter",
    "CN": "Asia/Shanghai Asia/Urumqi",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil Pacific/Galapagos",
    "ES": "Europe/Madrid Atlantic/Canary",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta Asia/Makassar Asia/Jayapura",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar Asia/Hovd",
    "MX": "America/Mexico_City America/Tijuana America/Hermosillo America/Cancun America/Ciudad_Juarez",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland Pacific/Chatham",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Hebron",
    "PT": "Europe/Lisbon Atlantic/Azores",
    "RU": "Europe/Moscow Asia/Yekaterinburg Asia/Novosibirsk Europe/Samara Asia/Irkutsk Asia/Vladivostok"
    " Europe/Kaliningrad Asia/Omsk",
    "UA": "Europe/Kyiv",
    "US": "America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Anchorage"
    " Pacific/Honolulu America/Adak",
    "UZ": "Asia/Tashkent",
}
"""The zones of countries with more than one, where most people live first. Those missing here follow."""

COUNTRY_NAMES = """
US: usa, america, united states of america, the states, states; GB: uk, england, scotland, wales, britain,
great britain, northern ireland; AE: uae, emirates, dubai emirate; NL: holland, the netherlands; CZ: czech republic;
TR: turkiye; MM: burma, myanmar; CI: ivory coast; KR: korea, republic of korea; CD: dr congo, drc, congo;
CG: congo brazzaville; HK: hong kong; MO: macau, macao; PS: palestine; BA: bosnia; MK: macedonia; SZ: swaziland;
CV: cabo verde; VA: vatican; DE: deutschland, allemagne; AT: osterreich; CH: schweiz, suisse, svizzera; IT: italia;
ES: espana; PL: polska; BR: brasil; SE: sverige; NO: norge; DK: danmark; FI: suomi; GR: hellas; HU: magyarorszag;
BE: belgie, belgique; HR: hrvatska; RO: romania; JP: nippon; IE: eire, republic of ireland; NZ: aotearoa;
RU: russian federation; SY: syrian arab republic; TT: trinidad; VC: st vincent; LA: lao; TZ: zanzibar;
BN: brunei darussalam; FO: faeroe islands; TL: east timor; FK: falklands; VI: us virgin islands;
VG: british virgin islands; KN: st kitts; ST: sao tome; AG: antigua; TC: turks and caicos
"""
"""What people call countries beside CLDR's English names: accents and dots are taken off before the look-up."""

ABBREVIATIONS = {
    "UTC": "Etc/UTC UTC",
    "Z": "Etc/UTC UTC",
    "GMT": "Europe/London London, Africa/Accra Accra, Etc/UTC UTC",
    "BST": "Europe/London London, Asia/Dhaka Dhaka",
    "IST": "Asia/Kolkata Mumbai, Europe/Dublin Dublin, Asia/Jerusalem Jerusalem",
    "WET": "Europe/Lisbon Lisbon",
    "WEST": "Europe/Lisbon Lisbon",
    "CET": "Europe/Berlin Berlin, Europe/Paris Paris, Europe/Rome Rome, Europe/Madrid Madrid",
    "CEST": "Europe/Berlin Berlin, Europe/Paris Paris, Europe/Rome Rome, Europe/Madrid Madrid",
    "MEZ": "Europe/Berlin Berlin, Europe/Vienna Vienna, Europe/Zurich Zurich",
    "EET": "Europe/Athens Athens, Europe/Kyiv Kyiv, Europe/Bucharest Bucharest, Africa/Cairo Cairo",
    "EEST": "Europe/Athens Athens, Europe/Kyiv Kyiv, Europe/Bucharest Bucharest, Africa/Cairo Cairo",
    "MSK": "Europe/Moscow Moscow",
    "TRT": "Europe/Istanbul Istanbul",
    "EST": "America/New_York New York, America/Toronto Toronto, America/Panama Panama",
    "EDT": "America/New_York New York, America/Toronto Toronto",
    "ET": "America/New_York New York, America/Toronto Toronto",
    "EASTERN": "America/New_York New York, America/Toronto Toronto",
    "CST": "America/Chicago Chicago, Asia/Shanghai Beijing, America/Mexico_City Mexico City, America/Havana Havana",
    "CDT": "America/Chicago Chicago, America/Havana Havana",
    "CT": "America/Chicago Chicago",
    "CENTRAL": "America/Chicago Chicago",
    "MST": "America/Denver Denver, America/Phoenix Phoenix",
    "MDT": "America/Denver Denver",
    "MT": "America/Denver Denver",
    "MOUNTAIN": "America/Denver Denver, America/Phoenix Phoenix",
    "PST": "America/Los_Angeles Los Angeles, America/Vancouver Vancouver, Asia/Manila Manila",
    "PDT": "America/Los_Angeles Los Angeles, America/Vancouver Vancouver",
    "PT": "America/Los_Angeles Los Angeles",
    "PACIFIC": "America/Los_Angeles Los Angeles, America/Vancouver Vancouver",
    "AKST": "America/Anchorage Anchorage",
    "AKDT": "America/Anchorage Anchorage",
    "HST": "Pacific/Honolulu Honolulu",
    "AST": "America/Halifax Halifax, America/Puerto_Rico San Juan, Asia/Riyadh Riyadh",
    "ADT": "America/Halifax Halifax",
    "ATLANTIC": "America/Halifax Halifax",
    "NST": "America/St_Johns St. John’s",
    "NDT": "America/St_Johns St. John’s",
    "BRT": "America/Sao_Paulo São Paulo",
    "ART": "America/Argentina/Buenos_Aires Buenos Aires",
    "CLT": "America/Santiago Santiago",
    "COT": "America/Bogota Bogotá",
    "PET": "America/Lima Lima",
    "WAT": "Africa/Lagos Lagos",
    "CAT": "Africa/Harare Harare, Africa/Lusaka Lusaka, Africa/Maputo Maputo",
    "EAT": "Africa/Nairobi Nairobi, Africa/Addis_Ababa Addis Ababa",
    "SAST": "Africa/Johannesburg Johannesburg",
    "GST": "Asia/Dubai Dubai",
    "PKT": "Asia/Karachi Karachi",
    "NPT": "Asia/Kathmandu Kathmandu",
    "ICT": "Asia/Bangkok Bangkok, Asia/Ho_Chi_Minh Ho Chi Minh City",
    "WIB": "Asia/Jakarta Jakarta",
    "WITA": "Asia/Makassar Makassar",
    "WIT": "Asia/Jayapura Jayapura",
    "SGT": "Asia/Singapore Singapore",
    "MYT": "Asia/Kuala_Lumpur Kuala Lumpur",
    "HKT": "Asia/Hong_Kong Hong Kong",
    "PHT": "Asia/Manila Manila",
    "JST": "Asia/Tokyo Tokyo",
    "KST": "Asia/Seoul Seoul",
    "AWST": "Australia/Perth Perth",
    "ACST": "Australia/Adelaide Adelaide, Australia/Darwin Darwin",
    "ACDT": "Australia/Adelaide Adelaide",
    "AEST": "Australia/Sydney Sydney, Australia/Brisbane Brisbane",
    "AEDT": "Australia/Sydney Sydney",
    "NZST": "Pacific/Auckland Auckland",
    "NZDT": "Pacific/Auckland Auckland",
}
"""Abbreviations mean several zones: the person picks."""

REGIONS = """
Alabama|AL|America/Chicago Birmingham
Alaska|AK|America/Anchorage Anchorage, America/Adak Adak
Arizona|AZ|America/Phoenix Phoenix
Arkansas|AR|America/Chicago Little Rock
California|CA|America/Los_Angeles Los Angeles
Colorado|CO|America/Denver Denver
Connecticut|CT|America/New_York Hartford
Delaware|DE|America/New_York Wilmington
District of Columbia|DC|America/New_York Washington
Florida|FL|America/New_York Miami, America/Chicago Pensacola
Georgia|GA|America/New_York Atlanta
Hawaii|HI|Pacific/Honolulu Honolulu
Idaho|ID|America/Boise Boise, America/Los_Angeles Coeur d’Alene
Illinois|IL|America/Chicago Chicago
Indiana|IN|America/Indiana/Indianapolis Indianapolis, America/Chicago Gary
Iowa|IA|America/Chicago Des Moines
Kansas|KS|America/Chicago Wichita, America/Denver Goodland
Kentucky|KY|America/New_York Louisville, America/Chicago Bowling Green
Louisiana|LA|America/Chicago New Orleans
Maine|ME|America/New_York Portland
Maryland|MD|America/New_York Baltimore
Massachusetts|MA|America/New_York Boston
Michigan|MI|America/Detroit Detroit, America/Menominee Menominee
Minnesota|MN|America/Chicago Minneapolis
Mississippi|MS|America/Chicago Jackson
Missouri|MO|America/Chicago St. Louis
Montana|MT|America/Denver Billings
Nebraska|NE|America/Chicago Omaha, America/Denver Scottsbluff
Nevada|NV|America/Los_Angeles Las Vegas
New Hampshire|NH|America/New_York Manchester
New Jersey|NJ|America/New_York Newark
New Mexico|NM|America/Denver Albuquerque
New York State|NY|America/New_York New York
North Carolina|NC|America/New_York Charlotte
North Dakota|ND|America/Chicago Fargo, America/Denver Dickinson
Ohio|OH|America/New_York Columbus
Oklahoma|OK|America/Chicago Oklahoma City
Oregon|OR|America/Los_Angeles Portland, America/Boise Ontario
Pennsylvania|PA|America/New_York Philadelphia
Rhode Island|RI|America/New_York Providence
South Carolina|SC|America/New_York Charleston
South Dakota|SD|America/Chicago Sioux Falls, America/Denver Rapid City
Tennessee|TN|America/Chicago Nashville, America/New_York Knoxville
Texas|TX|America/Chicago Dallas, America/Denver El Paso
Utah|UT|America/Denver Salt Lake City
Vermont|VT|America/New_York Burlington
Virginia|VA|America/New_York Richmond
Washington|WA|America/Los_Angeles Seattle
Washington State||America/Los_Angeles Seattle
West Virginia|WV|America/New_York Charleston
Wisconsin|WI|America/Chicago Milwaukee
Wyoming|WY|America/Denver Cheyenne
Alberta|AB|America/Edmonton Calgary
British Columbia|BC|America/Vancouver Vancouver
Manitoba|MB|America/Winnipeg Winnipeg
New Brunswick|NB|America/Moncton Moncton
Newfoundland|NL|America/St_Johns St. John’s
Labrador||America/Goose_Bay Goose Bay
Nova Scotia|NS|America/Halifax Halifax
Ontario|ON|America/Toronto Toronto, America/Winnipeg Kenora
Prince Edward Island|PEI|America/Halifax Charlottetown
Quebec|QC|America/Toronto Montréal
Saskatchewan|SK|America/Regina Regina
Yukon|YT|America/Whitehorse Whitehorse
New South Wales|NSW|Australia/Sydney Sydney
Queensland|QLD|Australia/Brisbane Brisbane
South Australia||Australia/Adelaide Adelaide
Tasmania|TAS|Australia/Hobart Hobart
Western Australia||Australia/Perth Perth
Northern Territory||Australia/Darwin Darwin
Victoria|VIC|Australia/Melbourne Melbourne, America/Vancouver Victoria
Bavaria||Europe/Berlin Munich
Catalonia||Europe/Madrid Barcelona
Kerala||Asia/Kolkata Kochi
Punjab||Asia/Kolkata Amritsar, Asia/Karachi Lahore
Sicily||Europe/Rome Palermo
Crete||Europe/Athens Heraklion
Bali||Asia/Makassar Denpasar
Hawaii Islands||Pacific/Honolulu Honolulu
Canary Islands||Atlantic/Canary Las Palmas
Azores||Atlantic/Azores Ponta Delgada
"""
"""States and regions: name, its code, the zones it lies in, the larger part first."""

CITIES = """
America/New_York: Boston, Philadelphia, Washington, Washington DC, Miami, Atlanta, Orlando, Tampa, Jacksonville,
Charlotte, Raleigh, Baltimore, Pittsburgh, Cleveland, Columbus, Cincinnati, Buffalo, Rochester, Brooklyn, Manhattan,
Queens, Bronx, Newark, Jersey City, Richmond, Norfolk, Virginia Beach, Hartford, Providence, Fort Lauderdale,
Savannah, Charleston, Knoxville, Portland, Cambridge, Manchester, Birmingham NY, NYC, New York City, Albany
America/Detroit: Ann Arbor, Grand Rapids, Lansing
America/Chicago: Houston, Dallas, Austin, San Antonio, Fort Worth, Minneapolis, St. Paul, Milwaukee, St. Louis,
Kansas City, New Orleans, Nashville, Memphis, Oklahoma City, Tulsa, Omaha, Des Moines, Little Rock, Birmingham,
Madison, Wichita, Baton Rouge, Mobile, Huntsville, Fargo
America/Denver: Salt Lake City, Albuquerque, El Paso, Colorado Springs, Santa Fe, Billings, Cheyenne
America/Phoenix: Tucson, Mesa, Scottsdale
America/Los_Angeles: San Francisco, Seattle, San Diego, San Jose, Sacramento, Oakland, Las Vegas, Portland, LA, SF,
Fresno, Long Beach, Berkeley, Reno, Spokane, Tacoma, Palo Alto, Santa Barbara, Silicon Valley, Bay Area, Hollywood
America/Toronto: Ottawa, Montréal, Quebec City, Hamilton, Mississauga, London Ontario, Kingston
America/Edmonton: Calgary
America/Regina: Saskatoon
America/Halifax: Charlottetown
America/Mexico_City: CDMX, Guadalajara, Puebla, León
America/Monterrey: Monterrey
America/Tijuana: Ensenada, Mexicali
America/Cancun: Playa del Carmen, Tulum
America/Bogota: Medellín, Cali, Cartagena, Barranquilla
America/Guayaquil: Quito
America/La_Paz: Santa Cruz, Cochabamba
America/Sao_Paulo: Rio de Janeiro, Rio, Brasília, Belo Horizonte, Curitiba, Porto Alegre, Florianópolis
America/Bahia: Salvador
America/Argentina/Cordoba: Rosario
America/Santiago: Valparaíso
Europe/London: Manchester, Birmingham, Edinburgh, Glasgow, Liverpool, Leeds, Bristol, Sheffield, Newcastle, Cardiff,
Swansea, Nottingham, Leicester, Southampton, Portsmouth, Brighton, Oxford, Cambridge, York, Bath, Plymouth, Exeter,
Aberdeen, Dundee, Coventry, Reading, Norwich, Derby, Hull, Belfast, Derry
Europe/Dublin: Cork, Galway, Limerick
Europe/Berlin: Munich, München, Muenchen, Hamburg, Cologne, Köln, Koeln, Frankfurt, Stuttgart, Düsseldorf,
Duesseldorf, Leipzig, Dresden, Hanover, Hannover, Nuremberg, Nürnberg, Bremen, Dortmund, Essen, Bonn, Freiburg,
Heidelberg, Karlsruhe, Mannheim, Kiel, Münster, Augsburg, Potsdam, Mainz
Europe/Vienna: Wien, Graz, Linz, Salzburg, Innsbruck
Europe/Zurich: Zürich, Geneva, Genève, Basel, Bern, Lausanne, Lucerne
Europe/Paris: Lyon, Marseille, Toulouse, Nice, Bordeaux, Lille, Nantes, Strasbourg, Montpellier, Rennes, Grenoble
Europe/Brussels: Bruxelles, Brussel, Antwerp, Antwerpen, Ghent, Bruges, Liège
Europe/Amsterdam: Rotterdam, The Hague, Den Haag, Utrecht, Eindhoven, Groningen
Europe/Madrid: Barcelona, Valencia, Seville, Sevilla, Bilbao, Málaga, Zaragoza, Granada, Palma, Mallorca, Ibiza
Atlantic/Canary: Las Palmas, Tenerife, Gran Canaria, Lanzarote, Fuerteventura
Europe/Lisbon: Lisboa, Porto, Braga, Faro, Coimbra
Atlantic/Azores: Ponta Delgada
Europe/Rome: Roma, Milan, Milano, Naples, Napoli, Turin, Torino, Florence, Firenze, Venice, Venezia, Bologna, Genoa,
Palermo, Verona, Bari, Catania, Pisa
Europe/Athens: Athina, Thessaloniki, Patras, Heraklion
Europe/Warsaw: Warszawa, Kraków, Cracow, Wrocław, Wroclaw, Gdańsk, Poznań, Łódź, Lodz, Katowice
Europe/Prague: Praha, Brno, Ostrava
Europe/Bucharest: Bucuresti, Cluj, Cluj-Napoca, Timișoara, Iași
Europe/Budapest: Debrecen
Europe/Belgrade: Beograd, Novi Sad
Europe/Zagreb: Split, Dubrovnik, Rijeka
Europe/Copenhagen: København, Kobenhavn, Aarhus, Odense
Europe/Stockholm: Gothenburg, Göteborg, Malmö, Uppsala
Europe/Oslo: Bergen, Trondheim, Stavanger, Tromsø
Europe/Helsinki: Espoo, Tampere, Turku
Europe/Vilnius: Kaunas
Europe/Kyiv: Kharkiv, Odesa, Odessa, Lviv, Dnipro
Europe/Moscow: St. Petersburg, Moskva, Kazan, Sochi, Nizhny Novgorod, Rostov
Asia/Krasnoyarsk: Tomsk
Asia/Yekaterinburg: Chelyabinsk, Perm, Ufa
Europe/Istanbul: Ankara, Izmir, Antalya, Bursa
Asia/Jerusalem: Tel Aviv, Haifa
Asia/Hebron: Ramallah, West Bank
Asia/Dubai: Abu Dhabi, Sharjah
Asia/Riyadh: Jeddah, Mecca, Medina
Asia/Tehran: Isfahan, Mashhad, Shiraz
Asia/Karachi: Lahore, Islamabad, Rawalpindi, Peshawar
Asia/Kolkata: Mumbai, Bombay, Delhi, New Delhi, Bangalore, Bengaluru, Hyderabad, Chennai, Madras, Pune, Ahmedabad,
Jaipur, Lucknow, Kochi, Goa, Gurgaon, Noida, Chandigarh, Indore, Surat, Nagpur, Amritsar
Asia/Dhaka: Chittagong
Asia/Shanghai: Beijing, Peking, Shenzhen, Guangzhou, Chengdu, Wuhan, Hangzhou, Nanjing, Xi’an, Tianjin, Chongqing
Asia/Tokyo: Osaka, Kyoto, Yokohama, Nagoya, Sapporo, Fukuoka, Kobe, Hiroshima
Asia/Seoul: Busan, Incheon, Daegu
Asia/Taipei: Kaohsiung, Taichung
Asia/Ho_Chi_Minh: Hanoi, Saigon, Da Nang
Asia/Bangkok: Chiang Mai, Phuket, Pattaya
Asia/Manila: Cebu, Davao, Quezon City
Asia/Jakarta: Bandung, Surabaya, Yogyakarta, Medan
Asia/Makassar: Denpasar, Ubud
Asia/Kuala_Lumpur: Penang, Johor Bahru, KL
Australia/Sydney: Canberra, Newcastle, Wollongong
Australia/Melbourne: Geelong, Ballarat
Australia/Brisbane: Gold Coast, Cairns, Sunshine Coast, Townsville
Pacific/Auckland: Wellington, Christchurch, Dunedin, Hamilton, Queenstown
Africa/Johannesburg: Cape Town, Durban, Pretoria, Joburg, Port Elizabeth
Africa/Lagos: Abuja, Ibadan, Kano, Port Harcourt
Africa/Nairobi: Mombasa, Kisumu
Africa/Cairo: Alexandria, Giza
Africa/Casablanca: Marrakesh, Marrakech, Rabat, Fes, Tangier, Agadir
Africa/Accra: Kumasi
Africa/Dar_es_Salaam: Zanzibar, Arusha, Dodoma
Africa/Douala: Yaoundé
Africa/Algiers: Oran
"""
"""Cities that are no zone of their own, under theirs. A name may stand under several."""

TYPED_AS_WORDS = frozenset(
    """
    are art bar bath can cat center central chad cork davis derby easter eastern eat essen gap hull jordan knox la male
    man mobile most mountain nice nome norfolk orange pacific palmer perm pet queens reading rest split states troll
    turkey us victoria wake was west wet wit york
    """.split()  # noqa: SIM905  (words read best as a text)
)
"""Names that are words too: inside a sentence they are places only after "in", "from" or "near"."""

SHORT_WORDS = frozenset(
    """
    al am an ar art as at be by cat do eat er hi id in io is it me mo my ne no of oh ok om on or pet pm si so to um
    ve wat wet wit
    """.split()  # noqa: SIM905
)
"""Codes that are words too: places only in capitals (ME, OR), and some not even then."""

NO_MISTAKE = frozenset(
    """
    begin benign burst changing child children christmas fiance granddad hangover hungover hungry keeping
    leads media niece parts peeing quite sedan sprain state truck
    """.split()  # noqa: SIM905
)
"""Words that are like a place but are spelt as meant."""

NEVER_A_PLACE = frozenset(["am", "hi", "no", "ok", "pm", "so", "oh"])
"""What a person who types it alone does not mean as a place."""
