"""Names of invented people and of their pets."""


def listed(text: str) -> tuple[str, ...]:
    """What a text lists, separated by commas and line breaks."""
    return tuple(part.strip() for part in text.replace("\n", ",").split(",") if part.strip())


FIRST_NAMES = listed(
    """
    James, Maria, Robert, Jennifer, Michael, Linda, David, Elizabeth, William, Susan, Richard,
    Jessica, Joseph, Sarah, Thomas, Karen, Charles, Lisa, Christopher, Nancy, Daniel, Sandra,
    Matthew, Ashley, Anthony, Emily, Mark, Donna, Steven, Michelle, Andrew, Carol, Paul, Amanda,
    Joshua, Melissa, Kenneth, Deborah, Kevin, Stephanie, Brian, Rebecca, George, Sharon, Timothy,
    Laura, Ronald, Cynthia, Jason, Dorothy, Edward, Amy, Jeffrey, Kathleen, Ryan, Angela, Jacob,
    Shirley, Gary, Emma, Nicholas, Brenda, Eric, Pamela, Jonathan, Nicole, Stephen, Anna, Larry,
    Samantha, Justin, Katherine, Scott, Christine, Brandon, Helen, Benjamin, Debra, Samuel, Rachel,
    Gregory, Carolyn, Alexander, Janet, Patrick, Maya, Frank, Catherine, Raymond, Heather, Jack,
    Diane, Dennis, Olivia, Tyler, Julie, Aaron, Joyce, Jose, Victoria, Adam, Ruth, Nathan, Virginia,
    Henry, Lauren, Zachary, Kelly, Douglas, Christina, Peter, Joan, Kyle, Evelyn, Noah, Judith,
    Ethan, Andrea, Jeremy, Hannah, Christian, Jacqueline, Walter, Martha, Keith, Gloria, Austin,
    Teresa, Roger, Ann, Terry, Sara, Sean, Madison, Gerald, Frances, Carl, Kathryn, Dylan, Janice,
    Harold, Jean, Jordan, Alice, Jesse, Abigail, Bryan, Sophia, Lawrence, Grace, Arthur, Judy,
    Gabriel, Theresa, Bruce, Beverly, Logan, Denise, Albert, Marilyn, Willie, Amber, Alan, Danielle,
    Eugene, Brittany, Russell, Rose, Vincent, Diana, Philip, Natalie, Bobby, Lori, Johnny, Alexis,
    Bradley, Kayla, Priya, Arjun, Ananya, Rohan, Deepa, Sanjay, Lakshmi, Vikram, Mei, Wei, Jun,
    Hana, Kenji, Yuki, Haruto, Min-jun, Ji-woo, Soo-ah, Linh, Minh, Thuy, Quan, Amara, Kwame,
    Chidi, Ngozi, Adaeze, Kofi, Zuri, Imani, Malik, Aaliyah, DeShawn, Latoya, Jamal, Keisha, Tyrone,
    Ebony, Omar, Fatima, Yusuf, Layla, Hassan, Noor, Amir, Zainab, Tariq, Leila, Dariush, Shirin,
    Luis, Carmen, Jorge, Guadalupe, Miguel, Rosa, Carlos, Ximena, Juan, Lucía, Alejandro, Sofía,
    Javier, Valentina, Rafael, Inés, José, Andrés, Héctor, Mónica, Zoë, Chloé, René, Renée, Anaïs,
    Éloïse, Søren, Astrid, Björn, Saoirse, Siobhán, Declan, Niamh, Aisling, Eoin, Giulia, Matteo,
    Francesca, Lorenzo, Katarzyna, Piotr, Zofia, Łukasz, Svetlana, Dmitri, Olena, Taras, Ioana,
    Dragan, Jelena, Eleni, Nikos, Ayşe, Emre, Aviva, Ezra, Miriam, Shlomo, Talia, Kai, Leilani,
    Keanu, Winona, Dakota, Mary Ann, Mary Kate, Jean-Luc, Anna-Lena, Billy Ray, Jo Ellen
    """
)


SURNAMES = listed(
    """
    Smith, Johnson, Williams, Brown, Jones, Garcia, Miller, Davis, Rodriguez, Martinez,
    Hernandez, Lopez, Gonzalez, Wilson, Anderson, Thomas, Taylor, Moore, Jackson, Martin, Lee,
    Perez, Thompson, White, Harris, Sanchez, Clark, Ramirez, Lewis, Robinson, Walker, Young,
    Allen, King, Wright, Scott, Torres, Nguyen, Hill, Flores, Green, Adams, Nelson, Baker, Hall,
    Rivera, Campbell, Mitchell, Carter, Roberts, Gomez, Phillips, Evans, Turner, Diaz, Parker,
    Cruz, Edwards, Collins, Reyes, Stewart, Morris, Morales, Murphy, Cook, Rogers, Gutierrez,
    Ortiz, Morgan, Cooper, Peterson, Bailey, Reed, Kelly, Howard, Ramos, Kim, Cox, Ward,
    Richardson, Watson, Brooks, Chavez, Wood, James, Bennett, Gray, Mendoza, Ruiz, Hughes,
    Price, Alvarez, Castillo, Sanders, Patel, Myers, Long, Ross, Foster, Jimenez, Powell,
    Jenkins, Perry, Russell, Sullivan, Bell, Coleman, Butler, Henderson, Barnes, Fisher,
    Vasquez, Simmons, Romero, Jordan, Patterson, Alexander, Hamilton, Graham, Reynolds, Griffin,
    Wallace, Moreno, West, Cole, Hayes, Bryant, Herrera, Gibson, Ellis, Tran, Medina, Aguilar,
    Stevens, Murray, Ford, Castro, Marshall, Owens, Harrison, Fernandez, McDonald, Woods,
    Washington, Kennedy, Wells, Vargas, Henry, Chen, Freeman, Webb, Tucker, Guzman, Burns,
    Crawford, Olson, Simpson, Porter, Hunter, Gordon, Mendez, Silva, Shaw, Snyder, Mason, Dixon,
    Muñoz, Hunt, Hicks, Holmes, Palmer, Wagner, Black, Robertson, Boyd, Stone, Salazar, Fox,
    Warren, Mills, Meyer, Rice, Schmidt, Daniels, Ferguson, Nichols, Stephens, Soto, Weaver,
    Ryan, Gardner, Payne, Grant, Dunn, Kelley, Spencer, Hawkins, Arnold, Pierce, Hansen, Peters,
    Santos, Hart, Bradley, Knight, Elliott, Cunningham, Duncan, Armstrong, Hudson, Carroll,
    Lane, Riley, Andrews, Alvarado, Ray, Delgado, Berry, Perkins, Hoffman, Johnston, Matthews,
    Peña, Richards, Contreras, Willis, Carpenter, Lawrence, Sandoval, Guerrero, Singh, O'Brien,
    O'Connor, O'Neill, O'Sullivan, O'Malley, D'Angelo, D'Amico, Núñez, Ibáñez, Yáñez, Müller,
    Größe, Köhler, Lindström, Åkesson, Sørensen, Kjær, Łuczak, Wójcik, Nowak, Kowalski, Dvořák,
    Novák, Horváth, Szabó, Popescu, Petrović, Kovačević, Papadopoulos, Yılmaz, Öztürk, Ivanova,
    Petrov, Shevchenko, Haddad, Khalil, Mansour, Rahman, Chowdhury, Iyer, Krishnamurthy,
    Venkataraman, Banerjee, Okafor, Adeyemi, Mensah, Nkrumah, Diallo, Tanaka, Watanabe,
    Yamamoto, Park, Choi, Huang, Zhang, Wu, Pham, Le, Bui, Kealoha, Begay, Van der Berg, Van
    Dyke, De la Cruz, De Luca, Di Stefano, Dos Santos, St. John, MacDougall, McAllister,
    Fitzgerald, Saint-Pierre, Smith-Jones, Garcia-Lopez, Nguyen-Carter, Ortega y Gasset,
    Featherstonehaugh
    """
)
#: English surnames are made like place names: any beginning goes with any ending.
SURNAME_STARTS = listed(
    """
    Ash, Ayles, Barn, Beck, Black, Brad, Bram, Brook, Bur, Cal, Carl, Chester, Clif, Cran, Crom,
    Dal, Dray, East, Elling, Elm, Fair, Farn, Fen, Glen, Gran, Had, Hal, Harring, Hart, Hather,
    Hazel, Hol, Hunting, Kes, Kings, Lang, Lock, Maple, Marl, Mel, Middle, Nor, Oak, Pem, Pres,
    Rad, Red, Rock, Shel, Sher, Stan, Stock, Sut, Thorn, Wal, Wark, West, Whit, Win, Wood
    """
)
SURNAME_ENDS = listed(
    """
    berry, borough, bourne, bridge, brook, burn, bury, combe, croft, dale, den, fell, field,
    ford, gate, grove, ham, hurst, land, leigh, ley, low, man, mere, more, ridge, sham, shaw,
    stead, stone, ton, wall, ward, water, way, well, wick, win, wood, worth
    """
)
PET_NAMES = listed(
    """
    Luna, Bella, Charlie, Max, Lucy, Daisy, Cooper, Milo, Buddy, Rocky, Bear, Sadie, Molly,
    Tucker, Bailey, Stella, Duke, Zeus, Jack, Lola, Maggie, Zoe, Toby, Chloe, Sophie, Penny,
    Oliver, Leo, Teddy, Winston, Murphy, Louie, Ollie, Finn, Loki, Willow, Ruby, Rosie, Gracie,
    Coco, Nala, Ginger, Piper, Pepper, Roxy, Ellie, Abby, Olive, Hazel, Winnie, Honey, Millie,
    Minnie, Phoebe, Scout, Harley, Riley, Lady, Princess, Pearl, Olivia, Mocha, Cookie, Biscuit,
    Peanut, Pickles, Waffles, Pancake, Muffin, Cupcake, Nacho, Taco, Burrito, Sushi, Mochi,
    Boba, Kimchi, Tofu, Noodle, Ramen, Ravioli, Gnocchi, Tiramisù, Cannoli, Brie, Gouda,
    Cheddar, Colby, Figaro, Simba, Oreo, Smokey, Shadow, Tiger, Felix, Jasper, Salem, Oscar,
    Sylvester, Garfield, Mittens, Boots, Socks, Whiskers, Patches, Marbles, Domino, Dash, Dot,
    Pixel, Gizmo, Turbo, Ziggy, Bowie, Elvis, Prince, Dolly, Willie Nelson, Johnny Cash, Ella,
    Duchess, Baron, Captain, Major, Sarge, Chief, Ranger, Hunter, Archer, Apollo, Athena, Thor,
    Odin, Freya, Juno, Venus, Mars, Orion, Nova, Stella Blue, Comet, Cosmo, Astro, Rocket, Yoda,
    Chewie, Leia, Han, Frodo, Samwise, Gandalf, Pippin, Merry, Arya, Khaleesi, Watson, Sherlock,
    Mr. Darcy, Mrs. Hudson, Miss Marple, Poirot, Atticus, Gatsby, Hemingway, Zelda, Link, Mario,
    Peach, Yoshi, Kirby, Pikachu, Bandit, Rascal, Rebel, Maverick, Goose, Ace, Blaze, Storm,
    Stormy, Misty, Sunny, Rainy, Snowball, Frost, Aspen, Juniper, Sage, Basil, Clover, Poppy,
    Iris, Violet, Lily, Maple, Birch, Cedar, River, Brooklyn, Dallas, Denver, Memphis, Savannah,
    Georgia, Indy, Boston, Dublin, Paris, Milan, Cairo, Kyoto, Rio, Cleo, Nefertiti, Ramses,
    Caesar, Brutus, Sir Barksalot, Lady Fluffington, Fräulein, Señor
    """
)
