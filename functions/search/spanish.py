"""General Spanish that rules of endings cannot know: what the stemmer looks up.

Words stand without accents. Nothing here comes from one manual: they are the nouns and
adjectives that look like verb forms, the verbs whose root changes, and empty words.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS = _set(
    """
    a al algun alguna algunas alguno algunos ambas ambos ante antes aquel aquella
    aquellas aquellos asi aun aunque bajo bien cada como con conforme contra cual cuales
    cualquier cualquiera cuando cuanto cuya cuyas cuyo cuyos da dan de del demas dentro
    desde despues dicha dichas dicho dichos donde dos durante e el ella ellas ello ellos
    en entre era es esa esas ese eso esos esta estan estas este esto estos fin fue
    fueron ha haber han hasta hay hoy la las le les lo los mas me mediante mi mis misma
    mismas mismo mismos mucho muy nada ni no nos nosotros o os otra otras otro otros
    para pero poco por porque pues que quien quienes se sea sean segun ser si sido
    siempre siendo sin sino sobre solo son su sus tal tales tambien tan tanto te tiene
    toda todas todo todos tras tu tus u un una unas uno unos usted ustedes y ya yo
    """
)

# What a question says besides what is asked for: of the query only, and only where
# something else is left.
QUESTION_WORDS = _set(
    """
    quien quienes cual cuales donde como cuando quiero necesito busco saber hace hacer
    hacen encarga encargan encargado encargada encargados encargadas ve ven lleva llevan
    atiende atienden responsable responsables area areas oficina toca corresponde
    quisiera deseo puedo pueden puede hago pido pedir saco sacar soy somos tengo
    tenemos estoy voy ir acudo acudir dirijo tramito llego falta faltan gracias hola
    """
)

# Who begins so asks for somebody's help: manuals speak of nobody in the first person.
FIRST_PERSON = _set(
    """
    busco cerre debo deseo fui hago me mi mis necesito pague perdi pido puedo queria
    quiero quisiera soy tengo trabaje tramito tuve vendi voy
    """
)

# Nouns and adjectives in -ar, -er, -ir, -an, -en that no verb form may be made of.
NOUNS = _set(
    """
    ademan afan aleman altar alquiler almacen angular auxiliar azucar bar bienestar
    bipolar cadaver cancer capitan caracter catalan catamaran cautelar celular certamen
    chofer circular collar consular crater crimen curricular desorden dictamen dolar
    ejemplar elixir escolar espectacular estandar examen familiar germen gravamen
    guardian hogar huracan imagen insular interdisciplinar joven liquen lider lugar
    lunar lupanar malestar margen militar modular molecular mujer multidisciplinar
    muscular nuclear ocular orden origen particular peculiar peninsular pilar placer
    poder polar popular porvenir preescolar preliminar quehacer rectangular refran
    regimen resumen secular similar singular solar subalmacen talisman taller titular
    triangular tubular tutelar vehicular virgen volcan volumen vulgar
    """
)

# Singular though it ends in -s.
SINGULAR_S = _set(
    """
    interes ingles frances reves cortes marques arnes ciempies estres despues portugues
    holandes japones desinteres lunes martes miercoles jueves viernes campus virus
    estatus status bonus corpus consensus atlas gas compas oasis alias anis gris autobus
    """
)

# Before -o and -a: adjectives and verbs whose own root ends so, not participles.
NOT_PARTICIPLES = _set(
    """
    acid agrad aplaud aprend cand coincid consolid convid cuid decid defend degrad
    descuid divid evad fluid grad hibrid impid incid insid intimid invad invalid invid
    liquid mercad olvid pand partid persuad presid rapid resid revalid rigid solid
    splendid subsid suicid timid traslad unid valid vivid estad soldad tirad
    """
)

# Roots that end as an ending of the past begins: recaba, financiera, cambió.
WHOLE_ROOTS = _set(
    """
    acab agenci alab ampli anunci apreci asoci auxili benefici cambi concili confi copi
    custodi denunci desvi diferenci distanci domicili envi estudi evidenci financi
    financier fotografi grab indici inici intermedi intercambi licenci limpi menoscab
    negoci presenci pronunci recab remedi renunci repudi sentenci sierr socab substanci
    sustanci tier trab vari
    """
)

NOT_GERUNDS = _set(
    """
    comando contrabando mando bando fernando orlando
    """
)

# Prefixes of the compounds of irregular verbs.
_COMPOUNDS = {
    "ten": ("", "abs con de entre man ob re sos at", "teng tien tuv tendr"),
    "ven": ("", "a con contra inter pre pro sobre de re", "veng vien vin vendr"),
    "pon": (
        "",
        "com contra de des dis ex im inter o pro pos pre re sobre su super",
        "pong pus pondr",
    ),
    "hac": ("", "des re satisf", "hag hic hiz har"),
    "dec": ("", "contra pre des ben mal", "dig dij dic"),
    "tra": ("", "abs a con dis ex re sus", "traig traj tray"),
    "duc": ("con de in intro pro re repro tra se", "", "duzc duj"),
    "quer": ("", "", "quier quis querr"),
    "segu": ("", "con pro per", "sigu sig seg"),
    "ped": ("", "des im ex", "pid"),
    "serv": ("", "", "sirv"),
    "med": ("", "", "mid"),
    "eleg": ("", "re", "elig elij"),
    "corrig": ("", "", "correg"),
    "reg": ("", "", "rig rij"),
}

# Roots that change inside a verb, where no noun has the changed form.
_CHANGES = """
    requier:requer requir:requer adquier:adquir refier:refer refir:refer
    transfier:transfer transfir:transfer confier:confer confir:confer
    difier:difer difir:difer infier:infer infir:infer prefier:prefer prefir:prefer
    sugier:suger sugir:suger advier:adver adviert:advert advirt:advert
    conviert:convert convirt:convert inviert:invert invirt:invert
    interfier:interfer consient:consent sient:sent mient:ment
    encomiend:encomend recomiend:recomend defiend:defend atiend:atend entiend:entend
    extiend:extend pretiend:pretend tiend:tend emprend:emprend suspend:suspend
    pierd:perd manifiest:manifest confies:confes gobiern:gobern calient:calent
    resuelv:resolv devuelv:devolv envuelv:envolv vuelv:volv desenvuelv:desenvolv
    disuelv:disolv absuelv:absolv mueven:mov muev:mov promuev:promov remuev:remov
    conmuev:conmov aprueb:aprob comprueb:comprob reprueb:reprob pued:pod pud:pod
    rind:rend encuentr:encontr cierr:cerr empiez:empez tropiez:tropez nieg:neg
    repit:repet compit:compet piens:pens renuev:renov concib:conceb derrit:derret
    demuestr:demostr duerm:dorm muer:mor lluev:llov ruegu:rog
    suscrit:suscrib inscrit:inscrib prescrit:prescrib transcrit:transcrib
    descrit:describ adscrit:adscrib circunscrit:circunscrib
    resuelt:resolv devuelt:devolv abiert:abr cubiert:cubr descubiert:descubr
    encubiert:encubr
"""


def _roots() -> dict[str, str]:
    roots = dict(pair.split(":") for pair in _CHANGES.split())
    for base, (bare, prefixes, changed) in _COMPOUNDS.items():
        for prefix in ("", *bare.split(), *prefixes.split()):
            for root in changed.split():
                roots[prefix + root] = prefix + base
    return roots


# A changed root -> the root of the infinitive.
ROOTS = _roots()

# Short and wholly irregular words.
WORDS = {
    form: stem
    for stem, forms in {
        "usar": "usar usa usan use usen usado usada usados usadas usando",
        "leer": "leer lee leen lea lean leido leida leidos leidas leyendo leyo",
        "ver": "ver ve ven veo visto vista vistos vistas viendo vio vea vean vera"
        " veran",
        "dar": "dar da dan dado dada dados dadas dando dio dieron dara daran den doy"
        " das damos darse darme darle darles darlo darla darlos darlas darnos",
        "unir": "unir une unen unido unida unidos unidas uniendo",
        "ir": "ir va van vaya vayan yendo voy vamos",
        "oir": "oir oye oyen oiga oigan oido oidos oyendo",
        "saber": "saber sabe saben sepa sepan sabido sabiendo supo",
        "caber": "caber cabe caben quepa quepan",
        # The verb was made of the noun (negociar, inventariar): another word.
        "comercio": "comercio comercios",
        "domicilio": "domicilio domicilios",
        "inventario": "inventario inventarios",
        "negocio": "negocio negocios",
        "pie": "pie pies",
        "vez": "vez veces",
        "vacacion": "vacacion vacaciones",
    }.items()
    for form in forms.split()
}
