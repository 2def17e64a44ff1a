"""Words and parameters that several requests share."""

from generator.planted.requests import Parameter

CITIES = ("Accra", "Bergen", "Cusco", "Dakar", "Galway", "Hanoi", "Izmir", "Lyon", "Quito", "Turku")
DAYS = ("2027-01-14", "2027-02-28", "2027-03-09", "2027-05-17", "2027-08-30", "2027-11-05")
HOURS = ("07:30", "09:15", "11:45", "14:00", "16:20", "18:05", "20:40")
PEOPLE = ("Amara", "Dmitri", "Greta", "Kenji", "Mateo", "Priya", "Tova", "Yusuf")
ROOMS = ("attic", "bedroom", "cellar", "hall", "kitchen", "library", "office")
COINS = ("CHF", "DKK", "EUR", "GBP", "JPY", "MAD", "NOK", "USD")

CITY = Parameter("city", "string", "Name of the city")
DAY = Parameter("date", "string", "Day as YYYY-MM-DD")
TIME = Parameter("time", "string", "Time of day as HH:MM")
ROOM = Parameter("room", "string", "Name of the room")
