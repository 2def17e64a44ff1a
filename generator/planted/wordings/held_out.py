"""One telling of every story and request that is held out from the development of rules."""

HELD_OUT: dict[str, str] = {
    "bakery": (
        "Bags of {bag} rolls are what a shop wants from {A}. Out of the {ovens} ovens come "
        "{trays} trays, and every tray holds {per} rolls; {burnt} rolls are too dark to be "
        "packed. Work out how many bags the shop gets."
    ),
    "outing": (
        "The buses for a school trip number {buses}, and {seats} people can sit in any one "
        "of them. The way is {km} kilometres long. Those who travel are {pupils} pupils, "
        "accompanied by {adults} adults. Work out how many seats nobody uses."
    ),
    "library": (
        "After {years} years of lending, a library counts its stock: novels stand {pa} to a "
        "shelf on {na} shelves, histories {pb} to a shelf on {nb} shelves, atlases {pc} to a "
        "shelf on {nc} shelves. Work out the size of the stock in books."
    ),
    "stall": (
        "Fruit is sold by the crate. Apples fetch {pa} euros, pears {pb} euros, plums {pc} "
        "euros; {A} gets rid of {na}, {nb} and {nc} crates of them in that order. Then the "
        "owner of the stall asks for {rent} euros. Work out what stays with {A}."
    ),
    "stamps": (
        "Three children collect stamps. {A}, aged {age}, has brought together {x} of them. "
        "The album of {B} holds {n} times that many, and the album of {C} holds {m} fewer "
        "than the album of {B}. Work out the total over the three albums."
    ),
    "orchard": (
        "Two pickers share {trees} trees. {A} brings home {x} baskets with {p} pears in each "
        "of them; {B} brings home {y}, with {q} pears in each. Work out the lead of {A} in "
        "pears."
    ),
    "pool": (
        "Nothing is in a pool that could take {size} litres. Now a pump adds {tap} litres "
        "every minute, but a crack loses {leak} litres every minute, and this goes on for "
        "{time} minutes. Work out the litres then in the pool."
    ),
    "laps": (
        "Training plan of {A} ({age} years old): {days} days, every day {laps} laps, every "
        "lap {minutes} minutes on the bicycle. Work out the total in hours."
    ),
    "juice": (
        "For a feast with {guests} guests, {A} has brought {bottles} bottles. Each holds "
        "{litres} litres of juice, and a glass is filled with {glass} millilitres. Work out "
        "how many glasses there will be."
    ),
    "ribbon": (
        "From {rolls} rolls of ribbon, {metres} metres on each, a shop with {floors} floors "
        "cuts pieces that measure {piece} centimetres. Customers take {sold} pieces. Work "
        "out the number of pieces that stay in the shop."
    ),
    "eggs": (
        "Week by week a hen lays {each} eggs, and {A} has {hens} such hens besides {cows} "
        "cows. All eggs of {weeks} weeks are put into boxes of a dozen. Work out the number "
        "of boxes."
    ),
    "hotline": (
        "The desk of {A} is on floor {floor}. There the phone is busy for {hours} hours each "
        "day without a gap, {each} minutes for every call, and that for {days} days. Work "
        "out how many calls are taken."
    ),
    "fence": (
        "Needed for a straight fence that is {height} centimetres high: wire for {wire} "
        "euros, and posts for {price} euros each. The fence measures {length} metres, and "
        "every {gap} metres there is a post, the first at the very start and the last at the "
        "very end. Work out the whole cost in euros."
    ),
    "novel": (
        "Reading list of {A}: page {first} to page {last} of a book that has {pages} pages, "
        "and those two pages count as well. The plan says {pace} pages a day, for which "
        "{minutes} minutes are set aside daily. Work out the minutes that the plan takes "
        "altogether."
    ),
    "coat": (
        "With {money} euros in hand, {A} finds a coat. On its label the price is {price} "
        "euros; a sign says that {pct} percent come off. Work out the price after the cut "
        "and the sum that {A} keeps."
    ),
    "tickets": (
        "A family outing: the {adults} adults pay {pa} euros each to get in, the {children} "
        "children {pc} euros each. {A} hands over {money} euros for all of them. Work out "
        "the cost of getting in and the money that comes back."
    ),
    "warehouse": (
        "First {crates} crates reach a warehouse, every one of them with {size} lamps. Next, "
        "{sold} lamps go to a buyer. Last, what is there is dealt out evenly to {shops} "
        "shops. Work out the number of lamps to be dealt out and the number for one shop."
    ),
    "savings": (
        "Day after day, weekends too, {A} puts {x} euros into a tin and {B} puts in {y} "
        "euros. When {weeks} weeks are over, {gift} euros are taken out for a present. Work "
        "out what is in the tin after that and what was in it before."
    ),
    "meadow": (
        "Somebody keeps {goats} goats on a meadow in the shape of a rectangle; the long side "
        "has {length} metres and the short side {width} metres. Work out the area (square "
        "metres) and the way around it (metres)."
    ),
    "dinner": (
        "Bill for table {table}: {dishes} dishes, {pd} euros apiece, and {drinks} drinks, "
        "{pw} euros apiece. It is split evenly among {friends} friends. Work out the sum of "
        "the bill and the share of one friend."
    ),
    "mean": (
        "It is training week {year} for {A}, who looks back at four weeks with {a}, {b}, {c} "
        "and {d} kilometres. Work out the average of these four."
    ),
    "town": (
        "On {area} square kilometres live {base} people. Next year there are {pct} percent "
        "more; the year after that {gone} of them go elsewhere. Work out how many remain."
    ),
    "hall": (
        "Every row of a hall has {per} seats, and the hall has {doors} doors. On offer is "
        "what lies from row {first} to row {last}, those two rows counted in. Buyers come "
        "for {sold} seats. Work out the seats still on offer."
    ),
    "parcels": (
        "Loaded into one van by {staff} workers: {na} parcels at {wa} kilograms, {nb} "
        "parcels at {wb} kilograms, {nc} parcels at {wc} kilograms. Work out the load in "
        "kilograms."
    ),
    "pasture": (
        "Lambs outnumber sheep: for {sheep} sheep a shepherd of {age} years has {n} times as "
        "many lambs. At the market {sold} lambs change hands. Work out how many sheep and "
        "lambs are left taken together."
    ),
    "tiles": (
        "To be tiled: a floor, {length} decimetres one way and {width} decimetres the other, "
        "in a room of {high} decimetres in height. The tiles are squares, {side} decimetres "
        "along each edge, at {price} euros a tile. Work out the total price."
    ),
    "journey": (
        "A coach ({seats} seats) travels at {va} kilometres an hour for {ha} hours, after "
        "which it travels at {vb} kilometres an hour for {hb} hours. Work out its mean speed "
        "over the trip in kilometres an hour."
    ),
    "lamps": (
        "Street lamps of {watt} watts are put up along one edge of a road, {wide} metres "
        "wide and {length} metres long: one where it begins, one where it stops, and in "
        "between them one every {gap} metres. Work out the watts that all lamps draw."
    ),
    "flour": (
        "In a mill that is {years} years old, {kilos} kilograms of flour go into bags. A bag "
        "takes {bag} grams, a box takes {per} bags. Work out how many boxes are needed."
    ),
    "presses": (
        "Lids come out of {machines} presses; a single press turns out {rate} of them every "
        "minute. After {hours} hours the presses stop, and {bad} lids go to waste. Work out "
        "how many lids can be used."
    ),
    "watch": (
        "An hour on guard earns {pay} euros. The {guards} guards stand {hours} hours a day "
        "between them, beginning on day {first} of the month and ending on day {last}, these "
        "two days counted in. Work out the bill for it in euros."
    ),
    "box": (
        "How much goes into a crate? Inside, {A} measures {length} decimetres, {width} "
        "decimetres and {depth} decimetres along its three edges, and sand fills it to the "
        "brim after {hour} o'clock. Of the sand, {spilt} cubic decimetres are shovelled out "
        "again. Work out the cubic decimetres of sand that stay."
    ),
    "sail": (
        "The cloth of a sail has the shape of a triangle: {base} decimetres along the "
        "bottom, {height} decimetres straight up from there. {A} buys {count} sails of that "
        "kind for boats that are {old} years old. Work out the square decimetres of cloth."
    ),
    "heater": (
        "{A} lets a heater run on {power} watts for {hours} hours a day, in a room on floor "
        "{floor}, and that for {days} days. Work out the energy used, in watt hours."
    ),
    "shipping": (
        "A crate is packed with {volume} cubic decimetres of oil, of which a cubic decimetre "
        "weighs {density} hectograms. The crate by itself weighs {tare} hectograms and has "
        "stood for {days} days. Work out the weight of the crate with the oil, in "
        "hectograms."
    ),
    "forecast": "Staying in {city}: {days} days, first day {day}. Look up what weather to expect.",
    "table": "{place}, {day}, {time}: we need places for {guests} to eat. See to the booking.",
    "exchange": (
        "Somebody offers me {amount} {source}; tell me what that makes in {target} by the "
        "rate of today."
    ),
    "calendar": "New entry for {day}: {title}, from {time}, lasting {minutes} minutes.",
    "trains": (
        "Going by rail from {origin} on {day}, destination {target}; coming back by rail on "
        "{back}. Look up both ways."
    ),
    "heating": "Heating, {room}: target is {degrees} degrees.",
    "lights": (
        "Two lamps, one after the other: {room} to {first} percent, {other} to {second} percent."
    ),
    "message": '{person} has to read this from me: "{text}". See that it gets there.',
    "stock": "To be ordered, in this sequence: {many} {part}; {few} {other}.",
    "timer": "{label}: {minutes} minutes on the timer, under that name.",
}
"""Story or request to its third telling."""
