import { describe, expect, it } from '@jest/globals';
import { toLatinName } from './latin-name.js';

describe('toLatinName', () => {
  it.each([
    ['सुनीता देवी', 'Sunita Devi'],
    ['राधा बाई', 'Radha Bai'],
    ['राम सिंह', 'Ram Singh'],
    ['कमला', 'Kamla'],
    ['कमल', 'Kamal'],
    ['ममता यादव', 'Mamta Yadav'],
    ['फूलमती', 'Phulmati'],
    ['कलावती', 'Kalavati'],
    ['अमरावती', 'Amravati'],
    ['रजनी', 'Rajni'],
    ['शकुन्तला', 'Shakuntala'],
    ['भगवती', 'Bhagvati'],
    ['सुखदेव नाग', 'Sukhdev Nag'],
    ['रामलाल', 'Ramlal'],
    ['मनमोहन', 'Manmohan'],
    ['गणपत', 'Ganpat'],
    ['चन्द्र', 'Chandra'],
    ['चंद्र', 'Chandra'],
    ['कृष्ण', 'Krishna'],
    ['सूर्य', 'Surya'],
    ['धर्म', 'Dharm'],
    ['मिश्र', 'Mishra'],
    ['लक्ष्मी', 'Lakshmi'],
    ['सरस्वती', 'Sarasvati'],
    ['अंजना', 'Anjana'],
    ['चंपा', 'Champa'],
    ['संजय', 'Sanjay'],
    ['विजय वर्मा', 'Vijay Varma'],
    ['ज्ञानवती', 'Gyanvati'],
    ['राजेन्द्र प्रसाद', 'Rajendra Prasad'],
    ['लच्छू', 'Lachhu'],
    ['दुर्गा', 'Durga'],
    ['ओमप्रकाश', 'Omaprakash'],
    ['ऐश्वर्या', 'Aishvarya'],
    ['ऋषि', 'Rishi'],
    ['ज़ीनत', 'Zinat'],
    ['फ़ातिमा ख़ान', 'Fatima Khan'],
    ['खाँ', 'Khan'],
    ['कड़ती', 'Kadti'],
    ['भाई', 'Bhai'],
    ['हुसैन', 'Husain'],
    ['दिलीप मंडावी', 'Dilip Mandavi'],
    ['अर्जुन', 'Arjun'],
    ['डॉ', 'Do'],
    ['न', 'Na'],
    ['राधा-रानी', 'Radha-Rani'],
    ['ए. के. राव', 'E. Ke. Rav'],
  ])('%s is %s', (hindi, latin) => {
    expect(toLatinName(hindi)).toBe(latin);
  });

  it.each(['ा', '्', '।', '१२', ''])('%j is not a name', (hindi) => {
    expect(toLatinName(hindi)).toBeUndefined();
  });
});
